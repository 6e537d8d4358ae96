"""Passwords, tokens and keys in notebooks: told with their place, and in no document."""

import json

import pytest
from notebooks import cell, write

from apkg.errors import ApkgError
from apkg.pipeline.convert import convert
from apkg.pipeline.options import ConvertOptions
from apkg.pipeline.validate import validate_paths
from apkg.sources.secrets import folder_findings
from apkg.sources.secrets.named import kind_of, what_is
from apkg.sources.secrets.shapes import shaped

# Put together here, so that no scanner takes these tests for a leak.
BODY = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0"
AWS, GITHUB, GITLAB = "AKIA" + "Z7QX2MV9K4RT6WPL", "ghp_" + BODY[:36], "glpat-" + BODY[:20]
SLACK = "xoxb-" + "123456789012-" + BODY[:24]
JWT = ".".join(["eyJ" + "hbGciOiJIUzI1NiJ9", "eyJ" + "zdWIiOiIxMjM0NTYifQ", BODY[:32]])
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq1\n-----END RSA PRIVATE KEY-----"
URL = "https://ann:" + "s3cr3t-Pw9@data.example.org/x"
PASSWORD = "Correct-" + "Horse-7"
PGP = PEM.replace("RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK")
UUID = "0f8fad5b-" + "d9cb-469f-a165-70867728950e"
SHAPES = {
    "AWS": AWS, "GitHub": GITHUB, "GitLab": GITLAB, "Slack": SLACK, "JSON Web": JWT,
    "private key": PEM, "URL": URL, "Planet": "PLAK" + "0123456789abcdef" * 2,
    "Google": "AIza" + BODY[:35], "fine-grained": "github_pat_" + BODY[:30],
    "GitLab deploy": "gldt-" + BODY[:20], "Slack app": "xapp-1-A01-" + BODY[:30],
    "webhook": "https://hooks.slack.com/services/T0ABCDEFG/B0ABCDEFG/" + BODY[:24],
    "Google token": "ya29." + BODY, "Google client": "GOCSPX-" + BODY[:28],
    "Azure": "abc8" + "Q~" + BODY[:34], "Docker Hub": "dckr_" + "pat_" + BODY[:27],
    "SendGrid": "SG." + BODY[:22] + "." + (BODY + BODY)[:43], "PGP": PGP,
    "Telegram": "123456789:AA" + BODY[:33], "Databricks": "dapi" + "0123456789abcdef" * 2,
    "user": f"https://{BODY[:30]}@example.org/a.git",
    "query": f"https://x.org/?api_key={BODY[:20]}",
    "signed": f"https://x.blob.core.windows.net/c/b?sv=1&sig={BODY}a%3D", "CDS": f"12345:{UUID}",
    "bearer": f"Authorization: Bearer {BODY[:20]}",
    "basic": f"'Authorization': 'Basic {BODY[:20]}'",
    "netrc": f"machine urs.earthdata.nasa.gov login ann password {PASSWORD}",
    "cdsapirc": f"url: https://cds.climate.copernicus.eu/api\nkey: {UUID}",
}  # fmt: skip


def converted(tmp_path, *cells, **options):
    source = tmp_path / "in"
    source.mkdir(exist_ok=True)
    path = write(source, *cells, name="demo.ipynb")
    (done,) = convert(path, ConvertOptions(out=tmp_path / "out", force=True, **options))
    return done


def said(done):
    return [(f.rule, f.location.cell, f.location.line) for f in done.findings if "secret" in f.rule]


def nowhere(done, *secrets):
    """No file and no finding repeats a secret."""
    for path in done.files:
        text = path.read_text(encoding="utf-8")
        for secret in secrets:
            assert secret not in text, path
            assert json.dumps(secret)[1:-1] not in text, path
    assert not any(secret in f"{f.message}{f.advice}" for f in done.findings for secret in secrets)


@pytest.mark.parametrize("kind", SHAPES)
def test_shapes_in_the_default_of_a_parameter(tmp_path, kind):
    secret = SHAPES[kind]
    assert next(shaped(f"x {secret} y"), None) is not None
    done = converted(tmp_path, f"level = 3\nanything = {secret!r}", cell("print(anything)"))
    assert done.error is None
    assert said(done) == [("secrets/default", 1, 2)]
    nowhere(done, secret)
    (declared,) = [i for i in done.application.inputs if i.id == "anything"]
    assert (declared.default, declared.optional) == (None, False)


@pytest.mark.parametrize("kind", SHAPES)
def test_shapes_anywhere_else_stop_the_conversion(tmp_path, kind):
    secret = SHAPES[kind]
    for number, other in enumerate([
        cell(f"level()\nconnect({secret!r})"),
        cell(f"# note\n# {secret}".replace("\nM", " M")),
        cell(f"see\n{secret}", kind="markdown"),
        cell(f"%%bash\nexport X='{secret}'"),
    ]):  # fmt: skip
        done = converted(tmp_path, "level = 3", other)
        assert isinstance(done.error, ApkgError), number
        assert done.error.location.cell == 2
        assert "--allow-secrets" in done.error.hint
        assert secret not in f"{done.error.message}{done.error.hint}"
        assert not (tmp_path / "out").exists()
    assert converted(tmp_path, "level = 3", other, allow_secrets=True).error is None


@pytest.mark.parametrize(
    "line",
    [
        f"password = '{PASSWORD}'", f"db_password: str = '{PASSWORD}'", f"dbPasswd = '{PASSWORD}'",
        f"API_KEY = '{BODY[:20]}'", f"client_secret = '{BODY[:16]}'", f"token = '{BODY[:24]}'",
        f"passwords = ['{PASSWORD}', 'x']", f"user, pwd = 'ann', '{PASSWORD}'",
        f"a = secret_key = '{BODY[:24]}'", "password = 'Correct-' 'Horse-7'",
        f"password = '{PASSWORD}'  #@param {{type:'string'}}",
    ],
)  # fmt: skip
def test_names_of_parameters(tmp_path, line):
    done = converted(tmp_path, f"level = 3\n{line}")
    assert done.error is None, done.error
    assert ("secrets/default", 1, 2) in said(done)
    nowhere(done, PASSWORD, BODY[:16])


@pytest.mark.parametrize(
    "code",
    [
        f"connect(password='{PASSWORD}')", f"os.environ['API_KEY'] = '{BODY[:20]}'",
        f"config = {{'secret_key': '{BODY[:24]}'}}", f"client.token = '{BODY[:24]}'",
        f"def f(user, password='{PASSWORD}'): pass", f"%env API_KEY={BODY[:20]}",
        f"h = {{'auth': ('ann', '{PASSWORD}')}}\nget(url, auth=('ann', '{PASSWORD}'))",
        f"HTTPBasicAuth('ann', '{PASSWORD}')", f"os.environ.setdefault('API_KEY', '{BODY[:20]}')",
        f"os.getenv('API_KEY', '{BODY[:20]}')", f"client = Client(url=url, key='{UUID}')",
        f"token = f'{BODY[:24]}'", f"token = b'{BODY[:24]}'",
        f"token = '{BODY[:12]}' + '{BODY[12:24]}'",
        f"user, password = 'ann', '{PASSWORD}'", f"credentials = ('{BODY[:28]}', '{BODY[8:36]}')",
        f"!wget --user ann --password {PASSWORD} https://example.org",
        f"!curl -u ann:{PASSWORD} https://example.org", f"DB_PASS = '{PASSWORD}'",
        f"mot_de_passe = '{PASSWORD}'", f"CDSAPI_KEY = '{UUID}'",
        f"%%bash\nexport DB_PASSWORD={PASSWORD}", f"f = lambda *, pwd='{PASSWORD}': 1",
        f"(not python\npassword = '{PASSWORD}'",
    ],
)  # fmt: skip
def test_names_in_other_cells(tmp_path, code):
    done = converted(tmp_path, "level = 3", cell(code))
    assert done.error is not None
    assert done.error.location.cell == 2
    assert PASSWORD not in done.error.message


def test_a_default_that_a_help_text_tells(tmp_path):
    tool = tmp_path / "tool"
    tool.mkdir()
    (tool / "Dockerfile").write_text('FROM x\nCOPY t.py /\nENTRYPOINT ["python", "/t.py"]\n')
    token = BODY[:24]
    (tool / "t.py").write_text(
        "import argparse\np = argparse.ArgumentParser()\n"
        f"p.add_argument('--token', help='for X (default: {token})')\n"
        f"p.add_argument('--api-key', default='{token}', help='or {token}')\np.parse_args()\n"
    )
    (done,) = convert(tool, ConvertOptions(out=tmp_path / "out"))
    assert [rule for rule, *_ in said(done)] == ["secrets/default"]
    nowhere(done, token)
    made = {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "one", "baseCommand": ["true"],
            "inputs": {"token": {"type": "string", "doc": f"for X, default: {token}"}},
            "outputs": {}}  # fmt: skip
    (tmp_path / "one.cwl").write_text(json.dumps(made))
    (done,) = convert(tmp_path / "one.cwl", ConvertOptions(out=tmp_path / "out"))
    assert [rule for rule, *_ in said(done)] == ["secrets/default"]
    nowhere(done, token)


def test_translations_copy_none(tmp_path, bounded):
    made = {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "one", "baseCommand": ["true"],
            "inputs": {"password": {"type": "string", "default": PASSWORD}}, "outputs": {},
            "hints": {"DockerRequirement": {"dockerPull": "img:1"}}}  # fmt: skip
    (tmp_path / "one.cwl").write_text(json.dumps(made))
    words = ["translate", tmp_path / "one.cwl", "--to", "wps-t"]
    done = bounded(*words, codes=(0,))
    assert "secrets/default" in done.stderr or "looks like a password" in done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    assert PASSWORD in bounded(*words, "--allow-secrets", codes=(0,)).stdout
    made["doc"] = f"see {URL}"
    (tmp_path / "one.cwl").write_text(json.dumps(made))
    assert "--allow-secrets" in bounded(*words, codes=(3,)).stderr


def test_other_voices_and_modules(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "apkg.yaml").write_text(f"inputs: {{password: {{default: {PASSWORD}}}}}\n")
    done = converted(tmp_path, "level = 3\npassword = ''")
    assert said(done)[0][0] == "secrets/default"
    nowhere(done, PASSWORD)
    (source / "apkg.yaml").write_text(f"abstract: see {GITHUB}\n")
    assert converted(tmp_path, "level = 3").error is not None
    (source / "apkg.yaml").unlink()
    (source / "helper.py").write_text(f"import os\ntoken = '{BODY[:24]}'\n")
    error = converted(tmp_path, "level = 3", cell("import helper")).error
    assert (error.location.path, error.location.line) == (str(source / "helper.py"), 2)


@pytest.mark.parametrize(
    ("language", "line"),
    [("R", "password <- '{}'"), ("bash", "password='{}'"), ("julia", 'password = "{}"')],
)
def test_other_languages(tmp_path, language, line):
    spec = {"name": language.lower(), "language": language, "display_name": language}
    source = tmp_path / "in"
    source.mkdir()
    path = write(source, line.format(PASSWORD), metadata={"kernelspec": spec})
    (done,) = convert(path, ConvertOptions(out=tmp_path / "out"))
    assert done.error is None
    assert [rule for rule, *_ in said(done)] == ["secrets/default"]
    nowhere(done, PASSWORD)


def test_allowed_secrets_are_packed_and_told(tmp_path):
    done = converted(
        tmp_path, f"password = '{PASSWORD}'", cell(f"x = '{GITHUB}'"), allow_secrets=True
    )
    assert done.error is None
    assert [rule for rule, *_ in said(done)] == ["secrets/default", "secrets/text"]
    text = (tmp_path / "out" / "demo.cwl").read_text()
    assert PASSWORD in text
    assert GITHUB in text


@pytest.mark.parametrize(
    "line",
    [
        "password = ''", "password = None", "password = 'changeme'", "token = '<your token>'",
        "token = 'xxxxxxxxxxxxxxxx'", "api_key = 'YOUR_API_KEY'", "api_key = '${API_KEY}'",
        "secret = '/run/secrets/token'", "token_url = 'https://example.org/oauth/token'",
        "pad_token = '[PAD]'", "tokenizer = 'bert-base-uncased'", "max_tokens = 4096",
        "secret_name = 'my-database-credentials'", "key = 'abcdefgh12345678ijkl'",
        "password = 'Enter your password: '", "access_token = 'insert-your-token-here'",
        "url = 'https://user:password@example.org'", "url = 'https://example.org:8080/a@b'",
        "url = 'https://{user}:{password}@example.org'",
        "commit = 'a94a8fe5ccb19ba61c4c0873d391e9'",

        f"item = '{UUID}'", "wkt = 'POLYGON((12.5 41.9, 12.6 41.9, 12.6 42.0, 12.5 41.9))'",
        f"dataset_key = '{UUID}'", "sha256 = '" + "0123456789abcdef" * 4 + "'",
        "thumbnail = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADU'",
        "filter_pass = 'butterworth'", "orbit_pass = 'DESCENDING'", "pw = 'precipitable_water'",
        "time = '12345:00:00'", "author = 'https://orcid.org/0000-0002-1825-0097'",
        "show_secrets = 'boolean'", "login(password='MyPassword')",
        "auth = None",
        "auth = 'eodag.plugins.authentication.oidc:OIDCAuth2'",
        "url = 'https://example.org/?key=annual_mean&token='",
        "note = 'AKIAIOSFODNN7EXAMPLE'", "token = 'GITHUB_TOKEN'", "sort_key = 'acquisition_date'",
        "password_file = 'secrets.txt'", "collection = 'sentinel-2-l2a'", "password = 'password'",
    ],
)  # fmt: skip
def test_no_false_alarm(tmp_path, line):
    done = converted(
        tmp_path, f"level = 3\n{line}", cell(f"if True:\n    {line}\nprint('{line[:5]}')")
    )
    assert done.error is None, done.error
    assert said(done) == []


def test_values_from_the_environment_are_none(tmp_path):
    code = "import os\ntoken = os.environ['TOKEN']\nkey = getpass.getpass('password')\n%env TOKEN"
    assert converted(tmp_path, "level = 3", cell(code)).error is None


def test_kinds_of_names():
    assert kind_of("aws_secret_access_key") == "token"
    assert [
        kind_of(n) for n in ("monkey", "keys", "key", "sortKey", "secretary", "", "_", "42")
    ] == [None] * 8
    assert what_is("password", ("", ("x", PASSWORD))) == "a password"
    assert what_is("password", 1234) is None


def test_validate_tells_both_and_shows_neither(tmp_path, bounded):
    write(tmp_path, f"level = 3\npassword = '{PASSWORD}'", cell(f"x = '{GITHUB}'"))
    (report,) = validate_paths([tmp_path / "demo.ipynb"])
    assert {f.rule for f in report.findings} >= {"secrets/default", "secrets/text"}
    assert not report.valid
    done = bounded("validate", tmp_path / "demo.ipynb", codes=(1,))
    assert "secrets/text" in done.stdout
    for form in ("text", "json", "sarif", "junit", "github"):
        done = bounded("validate", tmp_path / "demo.ipynb", "--format", form, codes=(1,))
        assert PASSWORD not in done.stdout + done.stderr
        assert GITHUB not in done.stdout + done.stderr
    done = bounded("inspect", tmp_path / "demo.ipynb", codes=(0,))
    assert PASSWORD not in done.stdout + done.stderr


def test_an_image_takes_the_folder_as_it_is_and_is_not_built(tmp_path, bounded):
    source = tmp_path / "in"
    source.mkdir()
    write(source, f"password = '{PASSWORD}'")
    words = ["build", source, "--dry-run", "-o", tmp_path / "out"]
    done = bounded(*words, codes=(3,))
    assert "--allow-secrets" in done.stderr
    assert not (tmp_path / "out").exists()
    bounded(*words, "--allow-secrets", codes=(0,))


FILES = {
    ".env": f"DB_PASSWORD={PASSWORD}\n", ".netrc": SHAPES["netrc"], "conf/key.pem": PEM,
    "id_rsa": "?", "store.p12": "?",
    ".aws/credentials": f"[default]\naws_secret_access_key = {BODY}",
    "credentials.json": json.dumps({"type": "service_account", "private_key": PEM}),
    "settings.ini": f"[db]\npassword = {PASSWORD}\n",
    "Dockerfile.old": f"FROM x\nENV DB_PASSWORD {PASSWORD}\n",
    "run.sh": f"tool --token {BODY[:24]}\n",
    ".git-credentials": URL, ".cdsapirc": SHAPES["cdsapirc"], "helper.py": f"token = '{BODY[:24]}'",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_that_an_image_takes(tmp_path, bounded, name):
    source = tmp_path / "in"
    (source / name).parent.mkdir(parents=True)
    write(source, "level = 3")
    (source / name).write_text(FILES[name])
    words = ["build", source, "--dry-run", "-o", tmp_path / "out"]
    done = bounded(*words, codes=(3,))
    assert f"in/{name}" in done.stderr
    assert "--allow-secrets" in done.stderr
    assert PASSWORD not in done.stderr
    assert not (tmp_path / "out").exists()
    assert f"in/{name}" in bounded(*words, "--allow-secrets", codes=(0,)).stderr
    (source / ".dockerignore").write_text(f"{name}\n")
    bounded(*words, "--context", tmp_path / "context", codes=(0,))


def test_outputs_that_an_image_takes(tmp_path, bounded):
    source = tmp_path / "in"
    source.mkdir()
    path = write(source, "level = 3", cell("print(config)"))
    content = json.loads(path.read_text())
    words = ["build", source, "--dry-run", "-o", tmp_path / "out"]
    said = {"output_type": "stream", "name": "stdout", "text": ["{'level': 3}\n"]}
    content["cells"][1] |= {"outputs": [said], "execution_count": 1}
    path.write_text(json.dumps(content))
    bounded(*words, "--context", tmp_path / "context", codes=(0,))
    said["text"] = ["{'user': 'ann',\n", f" 'password': '{PASSWORD}'}}\n"]
    path.write_text(json.dumps(content))
    done = bounded(*words, codes=(3,))
    assert "cell 2" in done.stderr
    assert "the output of a cell" in done.stderr
    assert PASSWORD not in done.stderr


def test_a_folder_that_is_too_large_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("apkg.sources.secrets.files._ALL", 100)
    (tmp_path / "a.txt").write_text("x" * 90)
    (tmp_path / "b.txt").write_text("x" * 90)
    (tmp_path / ".env").write_text(f"API_KEY={BODY[:20]}")
    (tmp_path / "data.tif").write_bytes(bytes(1000))
    (tmp_path / "link.txt").symlink_to(tmp_path / ".env")
    found = folder_findings(tmp_path, lambda path: path)
    assert [f.rule for f in found] == ["secrets/text", "build/not-searched"]
    assert "2 files" in found[1].message


def test_chains_copy_none(tmp_path, bounded):
    made = {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "one", "baseCommand": ["true"],
            "inputs": {"password": {"type": "string", "default": PASSWORD}},
            "outputs": {"o": {"type": "File", "outputBinding": {"glob": "o"}}}}  # fmt: skip
    (tmp_path / "one.cwl").write_text(json.dumps(made))
    words = ["chain", tmp_path / "one.cwl", "-o", tmp_path / "whole.cwl"]
    done = bounded(*words, codes=(3,))
    assert "password" in done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    assert not (tmp_path / "whole.cwl").exists()
    bounded(*words, "--allow-secrets", codes=(0,))
    assert PASSWORD in (tmp_path / "whole.cwl").read_text()
    (done,) = convert(tmp_path / "one.cwl", ConvertOptions(out=tmp_path / "out"))
    assert [f.rule for f in done.findings if "secret" in f.rule] == ["secrets/default"]
    nowhere(done, PASSWORD)
