FROM a:1 AS b
USER me
FROM b
RUN x

# The programs of this image, made by apkg: water-mask
USER root
COPY apkg-layer/ /opt/apkg/
RUN ["/bin/sh", "/opt/apkg/.layer/install.sh"]
ENTRYPOINT []
CMD ["water-mask", "--help"]
USER me

LABEL "org.opencontainers.image.title"="Water \"mask\""
