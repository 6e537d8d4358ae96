"""The example of OGC 18-049r1, 7.1: a source is taken out of an archive, and compiled."""

import io
import tarfile

UNTAR = """\
cwlVersion: v1.0
class: CommandLineTool
baseCommand: [tar, --extract]
inputs:
  tarfile: {type: File, inputBinding: {prefix: --file}}
  extractfile: {type: string, inputBinding: {position: 1}}
outputs:
  extracted_file: {type: File, outputBinding: {glob: $(inputs.extractfile)}}
"""
#: cc writes one program, javac a class for each class.
COMPILE = {
    "cc": """\
cwlVersion: v1.0
class: CommandLineTool
baseCommand: cc
arguments: [-o, program]
inputs:
  src: {type: File, inputBinding: {position: 1}}
outputs:
  classfile: {type: File, outputBinding: {glob: program}}
""",
    "javac": """\
cwlVersion: v1.0
class: CommandLineTool
baseCommand: javac
arguments: [-d, $(runtime.outdir)]
inputs:
  src: {type: File, inputBinding: {position: 1}}
outputs:
  classfile: {type: File, outputBinding: {glob: "*.class"}}
""",
}
#: The compiled program, run where it was compiled.
EXECUTE = """\
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sh, -c, 'cp "$0" ./program && chmod +x program && ./program "$1"']
stdout: answer.txt
inputs:
  program: {type: File, inputBinding: {position: 1}}
  number: {type: int, default: 12, inputBinding: {position: 2}}
outputs:
  answer: stdout
"""
SOURCES = {
    "sum.c": """\
#include <stdio.h>
#include <stdlib.h>
int main(int count, char **words) {
    long sum = 0, last = atol(words[1]);
    for (long n = 1; n <= last; n++) sum += n * n;
    printf("%ld\\n", sum);
    return count != 2;
}
""",
    "Sum.java": """\
public class Sum {
    public static void main(String[] words) {
        long sum = 0, last = Long.parseLong(words[0]);
        for (long n = 1; n <= last; n++) sum += n * n;
        System.out.println(sum);
    }
}
""",
}
#: The names that the report gives to inputs and output of the whole.
WORDS = [
    "untar=untar.cwl",
    "compile=compile.cwl",
    *("--link", "tarball=untar/tarfile"),
    *("--link", "name_of_file_to_extract=untar/extractfile"),
    *("--output", "compiled_class=compile/classfile"),
]


def write_parts(folder, compiler="cc"):
    """The parts and the archive, in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {"untar": UNTAR, "compile": COMPILE[compiler], "execute": EXECUTE}
    for name, text in parts.items():
        (folder / f"{name}.cwl").write_text(text, encoding="utf-8")
    with tarfile.open(folder / "sources.tar", "w") as archive:
        for name, text in SOURCES.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return folder
