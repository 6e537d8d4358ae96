#!/bin/sh
# Flood Detector: binary images of water-covered areas from a stack of features.
set -eu

FLOOD_HOME=${FLOOD_HOME:-/opt/flood}

usage() {
    cat <<TEXT
Usage: flood-detector -i FEATURES [-o OUTPUT] [-t THRESHOLD] [-b BANDS] [-m PIXELS] [-s FILE] [-a]

  -i FEATURES   stack of features, a GeoTIFF (required)
  -o OUTPUT     GeoTIFF to write, one binary band for each feature (default: flood.tif)
  -t THRESHOLD  grey value that separates water from land (default: 40)
  -b BANDS      bands to use, separated by commas (default: all)
  -m PIXELS     smallest patch to keep (default: 4)
  -s FILE       write the water area of each band to this file (JSON)
  -a            water is above the threshold, not below
  -h            show this text
TEXT
}

features=
output=flood.tif
threshold=40
bands=
patch=4
statistics=
above=

while getopts "i:o:t:b:m:s:ah" option; do
    case $option in
        i) features=$OPTARG ;;
        o) output=$OPTARG ;;
        t) threshold=$OPTARG ;;
        b) bands=$OPTARG ;;
        m) patch=$OPTARG ;;
        s) statistics=$OPTARG ;;
        a) above=1 ;;
        h) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
done

if [ -z "$features" ]; then
    echo "flood-detector: -i FEATURES is missing" >&2
    usage >&2
    exit 2
fi

exec python3 "$FLOOD_HOME/detect.py" "$features" "$output" "$threshold" "$patch" \
    ${bands:+--bands "$bands"} ${statistics:+--statistics "$statistics"} ${above:+--above}
