package io.vellamo.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The resources that this process has used so far. Disk writes and peak memory are read from {@code
 * /proc}, and are 0 on systems without it.
 */
public final class ProcessFigures {
  private ProcessFigures() {}

  /** Returns the number of bytes that this process has sent to the disk. */
  public static long bytesWritten() {
    return figure(Path.of("/proc/self/io"), "write_bytes:");
  }

  /** Returns the peak memory of this process, in bytes. */
  public static long peakMemory() {
    return 1024 * figure(Path.of("/proc/self/status"), "VmHWM:");
  }

  /** Returns the used heap after a garbage collection, in bytes. */
  public static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Returns the milliseconds since this process started. */
  public static long millisSinceStart() {
    return ManagementFactory.getRuntimeMXBean().getUptime();
  }

  /** Returns the total size of all files below a directory, in bytes. */
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
