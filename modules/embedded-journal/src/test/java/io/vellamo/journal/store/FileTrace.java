package io.vellamo.journal.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * The file operations of a process below a directory, recorded by strace, which sees those of the
 * native library too. An operation counts when it ends.
 */
final class FileTrace {
  private static final String CALLS =
      "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,"
          + "mkdirat,rmdir,ftruncate,close";

  private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\((.*)$");
  private static final Pattern RESUMED =
      Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)$");
  private static final Pattern TEXT = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"");
  private static final Pattern RESULT = Pattern.compile("\\) += (-?\\d+)");

  private final Path directory;
  private final List<FileOperation> operations = new ArrayList<>();
  private final Map<String, String> unfinished = new HashMap<>();
  private final Map<String, Integer> openSyncs = new HashMap<>();
  private final Map<Integer, Path> files = new HashMap<>();
  private final Map<Integer, Long> positions = new HashMap<>();
  private int syncs;

  private FileTrace(Path directory) {
    this.directory = directory;
  }

  /** Skips the test if there is no strace. */
  static void requireStrace() throws InterruptedException {
    String found;
    try {
      found = "exit code " + new ProcessBuilder("strace", "-qq", "true").start().waitFor();
    } catch (IOException e) {
      found = e.toString();
    }
    Assumptions.assumeTrue(
        found.equals("exit code 0"),
        "file operations are recorded by strace, which cannot be used here: " + found);
  }

  /**
   * Runs a process to its end, which it tells by printing "end".
   *
   * @param directory whose operations count; it must be there
   * @param log where the trace is kept meanwhile
   */
  static List<FileOperation> record(
      Path directory, Path log, Class<?> mainClass, String... arguments) throws Exception {
    List<String> strace =
        List.of(
            "strace",
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-xx",
            "-s",
            "10000000",
            "-o",
            log.toString(),
            "-e",
            "trace=" + CALLS);
    try (ChildJvm child = ChildJvm.startBy(strace, mainClass, arguments)) {
      while (!child.lines(1).get(0).equals("end")) {
        // Until it ends.
      }
      child.awaitEnd();
    }
    FileTrace trace = new FileTrace(directory);
    try (var lines = Files.lines(log, StandardCharsets.US_ASCII)) {
      lines.forEach(trace::line);
    }
    return trace.operations;
  }

  private void line(String line) {
    Matcher resumed = RESUMED.matcher(line);
    if (resumed.find()) {
      String begun = unfinished.remove(resumed.group(1));
      if (begun != null) {
        end(resumed.group(1), resumed.group(2), begun + resumed.group(3));
      }
      return;
    }
    Matcher call = CALL.matcher(line);
    if (call.find()) {
      String thread = call.group(1);
      begin(thread, call.group(2), call.group(3));
      if (line.endsWith("<unfinished ...>")) {
        unfinished.put(thread, call.group(3).replace("<unfinished ...>", ""));
      } else {
        end(thread, call.group(2), call.group(3));
      }
    }
  }

  private void begin(String thread, String name, String arguments) {
    if (name.equals("close")) {
      files.remove(fd(arguments));
    }
    if (name.equals("fsync") || name.equals("fdatasync")) {
      Path path = files.get(fd(arguments));
      if (path != null) {
        openSyncs.put(thread, syncs);
        operations.add(new FileOperation.BeginSync(syncs, path));
        syncs++;
      }
    }
  }

  private void end(String thread, String name, String rest) {
    Matcher result = RESULT.matcher(rest);
    long value = -1;
    while (result.find()) {
      value = Long.parseLong(result.group(1));
    }
    if (value < 0) {
      return;
    }
    switch (name) {
      case "openat" -> open((int) value, rest);
      case "close" -> {
        // Forgotten when it began: another thread may have got the number meanwhile.
      }
      case "write", "pwrite64" -> write(rest, name.equals("pwrite64"), (int) value);
      case "fsync", "fdatasync" -> {
        Integer id = openSyncs.remove(thread);
        if (id != null) {
          operations.add(new FileOperation.EndSync(id));
        }
      }
      case "rename", "renameat", "renameat2" -> rename(rest);
      case "unlink", "unlinkat", "rmdir" -> {
        Path path = paths(rest).get(0);
        if (isInside(path)) {
          operations.add(new FileOperation.Remove(path));
        }
      }
      case "mkdir", "mkdirat" -> {
        Path path = paths(rest).get(0);
        if (isInside(path)) {
          operations.add(new FileOperation.MakeDirectory(path));
        }
      }
      case "ftruncate" -> {
        Path path = files.get(fd(rest));
        if (path != null) {
          int size = Integer.parseInt(rest.replaceAll("^\\d+, (\\d+)\\s*\\).*$", "$1"));
          operations.add(new FileOperation.Resize(path, size));
        }
      }
      default -> throw new AssertionError("unhandled " + name);
    }
  }

  private void open(int fd, String rest) {
    Path path = paths(rest).get(0);
    if (!isInside(path)) {
      return;
    }
    files.put(fd, path);
    positions.put(fd, 0L);
    if (rest.contains("O_CREAT")) {
      operations.add(new FileOperation.Create(path));
    }
    if (rest.contains("O_TRUNC")) {
      operations.add(new FileOperation.Resize(path, 0));
    }
  }

  private void write(String rest, boolean positioned, int written) {
    int fd = fd(rest);
    Path path = files.get(fd);
    if (path == null && fd != 1) {
      return;
    }
    Matcher text = TEXT.matcher(rest);
    if (!text.find()) {
      return;
    }
    byte[] bytes = java.util.Arrays.copyOf(bytes(text.group(1)), written);
    if (path == null) {
      for (String line :
          (Iterable<String>) new String(bytes, StandardCharsets.UTF_8).lines()::iterator) {
        if (!line.isEmpty()) {
          operations.add(new FileOperation.Print(line));
        }
      }
      return;
    }
    long position = positions.getOrDefault(fd, 0L);
    if (positioned) {
      position =
          Long.parseLong(rest.substring(text.end()).replaceAll("^, \\d+, (\\d+)\\s*\\).*$", "$1"));
    } else {
      positions.put(fd, position + written);
    }
    operations.add(new FileOperation.Write(path, position, bytes));
  }

  private void rename(String rest) {
    List<Path> paths = paths(rest);
    if (isInside(paths.get(1))) {
      operations.add(new FileOperation.Rename(paths.get(0), paths.get(1)));
      files.replaceAll((fd, path) -> moved(path, paths.get(0), paths.get(1)));
    }
  }

  private static Path moved(Path path, Path from, Path to) {
    return path.startsWith(from) ? to.resolve(from.relativize(path)) : path;
  }

  /** Files for people only do not matter. */
  private boolean isInside(Path path) {
    String name = String.valueOf(path.getFileName());
    return path.startsWith(directory) && !name.equals("LOG") && !name.startsWith("LOG.old");
  }

  private static int fd(String arguments) {
    return Integer.parseInt(arguments.replaceAll("^(-?\\d+).*$", "$1"));
  }

  private static List<Path> paths(String rest) {
    List<Path> paths = new ArrayList<>();
    Matcher text = TEXT.matcher(rest);
    while (text.find()) {
      paths.add(Path.of(new String(bytes(text.group(1)), StandardCharsets.UTF_8)));
    }
    return paths;
  }

  private static byte[] bytes(String hex) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < hex.length(); i += 4) {
      bytes.write(Integer.parseInt(hex, i + 2, i + 4, 16));
    }
    return bytes.toByteArray();
  }
}
