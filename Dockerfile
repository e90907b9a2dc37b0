# PostgreSQL with cxux: the official image and three kinds of files more.
#
# NOT BUILT where this was written, which had no registry of images. Checked by hadolint; what "make"
# installs from the files of .dockerignore was looked at on Debian 12.
#
#     docker build --tag cxux --build-arg POSTGRES=17.6-bookworm .
#     docker run --rm --env POSTGRES_PASSWORD=secret --publish 127.0.0.1:5432:5432 cxux
#     psql -h 127.0.0.1 -U postgres -c 'CREATE EXTENSION cxux'

# Any Debian variant of 15 or later. Both stages are of the same one.
ARG POSTGRES=17.6-bookworm

FROM postgres:${POSTGRES} AS build
# The image says which archive of packages goes with it, and that keeps the newest headers only.
# hadolint ignore=DL3008
RUN apt-get update \
	&& apt-get install --yes --no-install-recommends gcc libc6-dev make "postgresql-server-dev-${PG_MAJOR}"
WORKDIR /src
COPY . .
RUN make with_llvm=no && make install with_llvm=no DESTDIR=/install

FROM postgres:${POSTGRES}
COPY --from=build /install/usr/ /usr/
