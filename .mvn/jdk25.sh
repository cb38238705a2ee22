# shellcheck shell=bash
# Sourced by kith and check, which set root: finds a JDK 25 and runs Maven on it.

# Prints the home of a JDK 25, whatever java is the default; fails when there is none.
find_jdk25() {
  local home
  while IFS= read -r home; do
    if is_jdk25 "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done < <(jdk_candidates)
  return 1
}

# Wishes first, then the default java, then the places where installers put a JDK.
jdk_candidates() {
  printf '%s\n' "${JAVA_HOME:-}" "${JAVA25_HOME:-}"
  env | sed -n 's/^JAVA_HOME_25[^=]*=//p'
  home_of_default_java
  printf '%s\n' /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/*jdk* /opt/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home
  if [[ -x /usr/libexec/java_home ]]; then
    /usr/libexec/java_home -v 25 2>/dev/null || true
  fi
}

home_of_default_java() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java" 2>/dev/null) || return 0
  dirname "$(dirname "$java")"
}

# The release file answers at once; only a JDK without one is started.
is_jdk25() {
  [[ -x $1/bin/javac && -x $1/bin/java ]] || return 1
  if [[ -f $1/release ]]; then
    grep -q '^JAVA_VERSION="25[^0-9]' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | grep -q '^javac 25\b'
  fi
}

# require_jdk25 WHO: sets jdk, or says what is missing and exits.
require_jdk25() {
  jdk=$(find_jdk25) || give_up "$1 needs a JDK 25 and found none on this machine: install one, or set JAVA_HOME to it."
}

require_maven() {
  command -v mvn >/dev/null || give_up "$1 needs Maven (mvn) to build and found none on this machine: install Maven 3.8 or newer."
}

give_up() {
  printf '%s\n' "$1" >&2
  exit 2
}

# Maven itself runs on the JDK 25, because the formatter runs inside of it.
# KITH_MAVEN_ARGS adds arguments, as in KITH_MAVEN_ARGS=-Dmaven.repo.local=/elsewhere.
maven() {
  local extra=()
  : "${root:?}"
  read -r -a extra <<<"${KITH_MAVEN_ARGS:-}"
  JAVA_HOME=$jdk mvn -Dstyle.color=never -f "$root/pom.xml" ${extra[@]+"${extra[@]}"} "$@"
}

# locked COMMAND...: one build at a time in this checkout; others wait their turn.
locked() {
  mkdir -p "$root/target"
  (
    lock 9
    "$@"
  ) 9>"$root/target/lock"
}

# macOS has no flock command, but everywhere a perl that has the call.
lock() {
  if command -v flock >/dev/null; then
    flock "$1"
  else
    perl -e 'use Fcntl ":flock"; open(my $lock, ">&=", shift) and flock($lock, LOCK_EX) or die $!' "$1"
  fi
}
