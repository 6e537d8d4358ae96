FROM docker.io/library/python:3.12-slim

ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PYTHONUNBUFFERED=1

ARG NB_USER=jovyan
ARG NB_UID=1000
ENV USER=${NB_USER} HOME=/home/${NB_USER}
ARG REPO_DIR=${HOME}
ENV REPO_DIR=${REPO_DIR} VIRTUAL_ENV=/opt/venv
ENV PATH=/opt/venv/bin:${HOME}/.local/bin:${REPO_DIR}/.local/bin:${PATH}

USER root
RUN apt-get -qq update && \
    apt-get -qq install --yes --no-install-recommends gdal-bin >/dev/null && \
    apt-get -qq clean && rm -rf /var/lib/apt/lists/*
RUN set -e; \
    getent group ${NB_UID} >/dev/null || groupadd --gid ${NB_UID} ${NB_USER}; \
    getent passwd ${NB_UID} >/dev/null || useradd --create-home --no-log-init \
        --home-dir ${HOME} --uid ${NB_UID} --gid ${NB_UID} --shell /bin/sh ${NB_USER}; \
    mkdir -p ${HOME} ${REPO_DIR} /opt/venv; \
    chown ${NB_UID}:${NB_UID} ${HOME} ${REPO_DIR} /opt/venv; \
    chmod 755 ${HOME} ${REPO_DIR}
WORKDIR ${REPO_DIR}

USER ${NB_UID}:${NB_UID}
COPY --chown=1000:1000 src/requirements.txt ${REPO_DIR}/requirements.txt
RUN python3 -m venv /opt/venv && pip install --no-cache-dir -r requirements.txt
RUN pip install --no-cache-dir ipykernel papermill
COPY --chown=1000:1000 src/ ${REPO_DIR}/
LABEL "repo2docker.repo"="local"
LABEL "repo2docker.version"="2026.4.0"
RUN chmod +x "${REPO_DIR}/start"
ENV R2D_ENTRYPOINT="${REPO_DIR}/start"
CMD ["python3"]

# The programs of this image, made by apkg: water-mask
USER root
COPY apkg-layer/ /opt/apkg/
RUN ["/bin/sh", "/opt/apkg/.layer/install.sh"]
ENTRYPOINT []
CMD ["water-mask", "--help"]
USER ${NB_UID}:${NB_UID}

LABEL "org.opencontainers.image.title"="Water \"mask\""
