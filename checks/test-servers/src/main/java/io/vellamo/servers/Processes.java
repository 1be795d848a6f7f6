package io.vellamo.servers;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Ports and directories of servers. */
final class Processes {
  private static final String PID = "pid";

  private Processes() {}

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Returns different free ports. */
  static Iterator<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        // Kept open until all are known: a port that is free again may be given once more.
        ServerSocket socket = new ServerSocket(0);
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      return ports.iterator();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Notes the process that uses a directory. */
  static void note(Path directory, Process process) throws IOException {
    Files.writeString(directory.resolve(PID), Long.toString(process.pid()));
  }

  /** Ends the process that used a directory, if its parent was killed and has left it running. */
  static void endFormer(Path directory) throws IOException {
    Path note = directory.resolve(PID);
    if (!Files.exists(note)) {
      return;
    }
    // The number may be that of another process by now.
    ProcessHandle.of(Long.parseLong(Files.readString(note)))
        .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    Files.delete(note);
  }

  /** Deletes a directory with all that it holds; nothing if there is none. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
