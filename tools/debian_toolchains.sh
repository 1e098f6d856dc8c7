#!/bin/sh
# Compilers and a browser from Debian's packages: what the tests use beyond what Python and Node packages give.
# Installs only what is not there already.
set -eu

wanted=""
want() { # command, package
    command -v "$1" >/dev/null 2>&1 || wanted="$wanted $2"
}
want g++ g++
want rustc rustc
want javac default-jdk-headless
want node nodejs
want npm npm
want mcs mono-mcs
want mono mono-runtime
want php php-cli
want bc bc
want ruby ruby
want lua lua5.3
want Rscript r-base-core
[ -e /usr/share/java/javatuples.jar ] || wanted="$wanted libjavatuples-java"
[ -e /usr/share/lua/5.3/luaunit.lua ] || wanted="$wanted lua-unit"
perl -MTest::Deep -e 1 2>/dev/null || wanted="$wanted libtest-deep-perl"
want chromium chromium
want dockerd docker.io
want docker-init tini
want busybox busybox-static

if [ -z "$wanted" ]; then
    echo "toolchains: all there"
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "toolchains: missing$wanted; install them by hand (this script needs Debian and root)" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# shellcheck disable=SC2086 # the words are meant to be split
apt-get install -q -y --no-install-recommends $wanted
