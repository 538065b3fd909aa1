# docker build -t postlint . && docker run --rm -v "$PWD":/site -u "$(id -u):$(id -g)" postlint check
FROM rust:1.95-alpine3.22 AS build
# Alpine drops old packages from its repository, so a pinned version would soon stop the build.
# hadolint ignore=DL3018
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY src src
COPY benches benches
RUN cargo build --release --locked --bin postlint

FROM alpine:3.22
# `--changed` and `--staged` ask git.
# hadolint ignore=DL3018
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /src/target/release/postlint /usr/local/bin/postlint
WORKDIR /site
USER 65534:65534
ENTRYPOINT ["postlint"]
CMD ["check"]
