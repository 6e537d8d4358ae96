cwlVersion: v1.2
class: CommandLineTool
label: docker run
doc: Runs a command in a container and keeps what it prints.
baseCommand: [docker, run]
stdout: printed.txt
inputs:
  add_host:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --add-host}
    doc: NAME:ADDRESS.
    inputBinding: {position: 0}
  cidfile:
    type: string?
    doc: Name of a file for the container's id.
    inputBinding: {prefix: --cidfile}
  cpu_shares:
    type: int?
    inputBinding: {prefix: --cpu-shares}
  cpus:
    type: double?
    inputBinding: {prefix: --cpus}
  entrypoint:
    type: string?
    inputBinding: {prefix: --entrypoint}
  env:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --env}
    doc: NAME=VALUE.
    inputBinding: {position: 0}
  env_file:
    type:
      - "null"
      - type: array
        items: File
        inputBinding: {prefix: --env-file}
    inputBinding: {position: 0}
  gpus:
    type: string?
    inputBinding: {prefix: --gpus}
  hostname:
    type: string?
    inputBinding: {prefix: --hostname}
  init:
    type: boolean?
    inputBinding: {prefix: --init}
  label:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --label}
    inputBinding: {position: 0}
  label_file:
    type:
      - "null"
      - type: array
        items: File
        inputBinding: {prefix: --label-file}
    inputBinding: {position: 0}
  memory:
    type: string?
    doc: Bytes, or with a unit.
    inputBinding: {prefix: --memory}
  name:
    type: string?
    inputBinding: {prefix: --name}
  network:
    type: string?
    inputBinding: {prefix: --network}
  no_healthcheck:
    type: boolean?
    inputBinding: {prefix: --no-healthcheck}
  pids_limit:
    type: int?
    inputBinding: {prefix: --pids-limit}
  platform:
    type: string?
    inputBinding: {prefix: --platform}
  pull:
    type: {type: enum, symbols: [always, missing, never]}
    default: missing
    inputBinding: {prefix: --pull}
  quiet:
    type: boolean?
    inputBinding: {prefix: --quiet}
  read_only:
    type: boolean?
    inputBinding: {prefix: --read-only}
  rm:
    type: boolean?
    inputBinding: {prefix: --rm}
  shm_size:
    type: string?
    inputBinding: {prefix: --shm-size}
  stop_timeout:
    type: int?
    doc: In seconds.
    inputBinding: {prefix: --stop-timeout}
  tmpfs:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --tmpfs}
    inputBinding: {position: 0}
  user:
    type: string?
    inputBinding: {prefix: --user}
  volume:
    type:
      - "null"
      - type: array
        items: string
        inputBinding: {prefix: --volume}
    inputBinding: {position: 0}
  workdir:
    type: string?
    inputBinding: {prefix: --workdir}
  image:
    type: string
    inputBinding: {position: 1}
  command:
    type: string?
    inputBinding: {position: 2}
  arguments:
    type: string[]?
    inputBinding: {position: 3}
outputs:
  printed:
    type: stdout
  container_id:
    type: File?
    outputBinding: {glob: $(inputs.cidfile)}
