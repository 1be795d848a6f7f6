package io.vellamo.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has used so far, as Linux counts it; 0 on other systems. */
public final class ProcessFigures {
  private ProcessFigures() {}

  /** Returns the bytes that this process has sent to the disk. */
  public static long bytesWritten() {
    return figure(Path.of("/proc/self/io"), "write_bytes:");
  }

  /** Returns the most memory that this process has had, in bytes. */
  public static long peakMemory() {
    return 1024 * figure(Path.of("/proc/self/status"), "VmHWM:");
  }

  /** Returns how much of the heap is in use once garbage is gone, in bytes. */
  public static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Returns the milliseconds since this process started. */
  public static long millisSinceStart() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }

  /** Returns the size of all files of a directory. */
  public static long sizeOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long figure(Path file, String name) {
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
