# Sourced by the programs of this directory: builds a module where that is needed and starts it.

# The repository. Java and Maven separate the entries of a class path by colons, so a path that holds
# one is reached through a link.
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
if [[ $root == *:* ]]; then
  links=${XDG_CACHE_HOME:-${HOME:-}/.cache}/vellamo
  if [[ $links == *:* ]] || ! mkdir -p "$links" 2>/dev/null; then
    links=$(mktemp -d /tmp/vellamo.XXXXXX)
  fi
  link=$links/$(printf %s "$root" | cksum | tr ' ' -)
  ln -sfn "$root" "$link"
  root=$link
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# Set by the function archive: the jar of the program, and options of the JVM.
jar=
jvm_options=()

# Builds a module if it or what it depends on has changed; test sources play no part.
#
#   build MODULE WHAT SOURCES...
build() {
  local module=$1 what=$2 built=$root/$1/target/built
  shift 2
  if [[ -f $built && -z $(find "$root/pom.xml" "$@" -newer "$built" -print -quit) ]]; then
    return
  fi
  log=$(mktemp)
  began=$(mktemp)
  trap 'rm -f "$log" "$began"' EXIT
  echo "Building $what; the first time, Maven also downloads what it needs ..." >&2
  # Or jars of versions that are no longer used would stay on the class path.
  rm -rf "$root/$module"/target/{lib,archive,recording.*,vellamo-*.jar}
  if ! follow < <(run_maven "$module"); then
    # Without the lines of a build that goes well.
    grep -v -e '^\[INFO\]' -e '^Download' "$log" >&2
    exit 1
  fi
  # Dated by the start, so that what was changed meanwhile is built the next time.
  mv "$began" "$built"
  rm -f "$log"
  trap - EXIT
}

run_maven() {
  local status=0
  mvn -B -Pquick -Dmaven.test.skip=true -f "$root/pom.xml" -pl "$1" -am package 2>&1 || status=$?
  # Maven ends with codes for a terminal, even here.
  printf '\nexit %s\n' "$status"
}

# Reads what Maven prints, keeps it in the log, and shows where it is: a line for each module and each
# hundred files, and one for each 20 s in which nothing else was to be shown.
follow() {
  local at="Maven starts" files=0 shown=$SECONDS line
  while true; do
    line=
    if IFS= read -r -t 5 line; then
      case $line in
        "exit "*) return "${line#exit }" ;;
        "Downloaded from"* | "[INFO] Downloaded from"*)
          files=$((files + 1))
          if ((files % 100 == 0)); then
            show "$files files downloaded"
          fi
          ;;
        "[INFO] Building "*"["*/*"]")
          read -r _ _ at <<<"$line"
          at=$(tr -s ' ' <<<"$at")
          show "$at"
          ;;
      esac
      printf '%s\n' "$line" >>"$log"
    elif (($? <= 128 && BASH_VERSINFO[0] > 3)); then
      return 1 # Maven was killed. (Bash 3 has the same status when time is up.)
    fi
    if ((SECONDS - shown >= 20)); then
      show "$at: still building after $SECONDS s, $files files downloaded"
    fi
  done
}

show() {
  echo "  $1" >&2
  shown=$SECONDS
}

# Makes the next launch of a program start from an archive of the classes that it loads. Makes the archive
# first, unless there is one of this build and JVM. Without the jar of the module, whose place may be
# taken by a directory of classes, nothing happens: archives have classes of jars only.
#
#   archive MODULE MAIN_CLASS ARGUMENT...
#
# The arguments are those of a run that ends by itself; its output is discarded.
archive() {
  local module=$1 main=$2 directory=$root/$1/target/archive jars=() jvm key file status=0
  shift 2
  jars=("$root/$module"/target/vellamo-*.jar)
  jvm=$(readlink -f "$(command -v "$java")") || return 0
  if [[ ${#jars[@]} != 1 || ! -f ${jars[0]} || ! -f ${jvm%/bin/java}/release ||
    -n $(find "$root/$module/target/classes/" -type f -newer "${jars[0]}" -print -quit) ]]; then
    return 0
  fi
  key=$({ echo "$jvm" && cat "${jvm%/bin/java}/release"; } | checksum)
  if [[ ! $directory/$key -nt $root/$module/target/built ]]; then
    recording=$(mktemp -d "$root/$module/target/recording.XXXXXX" 2>/dev/null) || return 0
    trap 'rm -rf "$recording"' EXIT
    echo "Recording the classes of a run, so that later ones start faster ..." >&2
    (cd "$recording" && jar=${jars[0]} jvm_options=(-XX:ArchiveClassesAtExit=classes.jsa) &&
      launch "$module" "$main" -- "$@" >/dev/null 2>&1 </dev/null) || status=$?
    if ((status == 130 || status == 143)); then
      exit "$status" # Interrupted, which a JVM does not pass on.
    elif ((status != 0)); then
      # Without an archive, which is not tried again; also if this JVM makes none.
      rm -f "$recording/classes.jsa"
    fi
    publish "$recording" "$directory" "$key" 2>/dev/null || true
    rm -rf "$recording"
    trap - EXIT
  fi
  for file in "$directory/$key".*.jsa; do
    if [[ -f $file && $file == *".$(checksum <"$file").jsa" ]]; then
      jar=${jars[0]}
      # JVMs warn of an archive that they can't use, as of other jars.
      jvm_options=("-XX:SharedArchiveFile=$file" -Xlog:disable)
    fi
  done
}

# Moves a new archive to its place, since another program may start meanwhile. Its checksum is in its
# name: a JVM crashes on a truncated one, and its own check (-XX:+VerifySharedSpaces) takes longer.
publish() {
  local archive=$1/classes.jsa directory=$2 key=$3
  mkdir -p "$directory"
  rm -f "$directory/$key".*.jsa
  if [[ -s $archive ]]; then
    mv -f "$archive" "$directory/$key.$(checksum <"$archive").jsa"
  fi
  touch "$directory/$key"
}

checksum() {
  cksum | tr ' ' -
}

# Starts a main class of a module on its class path, in place of this process.
#
#   launch MODULE MAIN_CLASS [JAVA_OPTION...] -- [ARGUMENT...]
#
# extra_class_path, if set, is appended to the class path.
launch() {
  local module=$1 main=$2 options=()
  shift 2
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  # The first compiler alone: runs of seconds end before what the second one makes pays off.
  # jdk.console: from JDK 22 on, the default console claims a terminal even where there is none.
  # JDK 24 and later warn of what Pekko (sun.misc.Unsafe) and RocksDB (native code) use, unless it is
  # allowed; JDK 17 does not know the first of these options.
  exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -Djdk.console=java.base -XX:+IgnoreUnrecognizedVMOptions \
    --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
    ${jvm_options[@]+"${jvm_options[@]}"} ${options[@]+"${options[@]}"} \
    -cp "${jar:-$root/$module/target/classes}:$root/$module/target/lib/*${extra_class_path:+:$extra_class_path}" \
    "$main" "$@"
}
