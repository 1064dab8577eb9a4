# The program as an image: build the jar first (./brimful --version, or ./mvnw package), then
#   docker build -t brimful --target plain .
#   docker build -t brimful --target full .       with tesseract-ocr and ffmpeg, from the base image's packages,
#                                                 and the encoder for --dense
FROM eclipse-temurin:25-jre AS plain

# A fixed id, so that a volume's files have the same owner in every version of the image.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /bin/bash brimful \
    && install -d -o brimful -g brimful /data /data/library

COPY LICENSE NOTICE query/target/app/brimful.jar /opt/brimful/

# `docker exec CONTAINER brimful …` is the same program. Document parsers run in processes beside the heap, of
# up to 1.2 GiB each: the heap may have 40 % of the container's memory, and parsers share the rest. Where none are
# needed, -e BRIMFUL_JAVA_OPTS=-XX:MaxRAMPercentage=60 gives the heap more. Java reads names by the locale's charset.
RUN printf '%s\n' '#!/bin/sh' 'export LC_ALL=C.UTF-8' \
    'exec java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xss4m \' \
    '  -XX:MaxRAMPercentage=40 -XX:+ExitOnOutOfMemoryError ${BRIMFUL_JAVA_OPTS:-} \' \
    '  -cp /opt/brimful/brimful.jar:/opt/brimful/dense.jar brimful.cli.Main "$@"' >/usr/local/bin/brimful \
    && chmod 755 /usr/local/bin/brimful

ENV LANG=C.UTF-8 LC_ALL=C.UTF-8
ENV BRIMFUL_HOME=/data
USER brimful
WORKDIR /data
VOLUME /data

# A service that serves metrics is asked on that port whether it lives; for anything else, the process is the answer.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD [ -z "$BRIMFUL_METRICS" ] || \
    bash -c 'exec 3<>"/dev/tcp/127.0.0.1/${BRIMFUL_METRICS##*:}" && printf "GET /health HTTP/1.0\r\n\r\n" >&3 && grep -q "\"up\"" <&3'
ENTRYPOINT ["brimful"]
CMD ["--help"]

# Last, so that builders that build every stage before the wanted one need no package registry for `plain`.
FROM plain AS full
USER root
COPY query/target/app/dense.jar /opt/brimful/
RUN apt-get update && apt-get install -y --no-install-recommends tesseract-ocr ffmpeg && rm -rf /var/lib/apt/lists/*
USER brimful
