package io.vellamo.journal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system in memory that is full soon, and can be made full and have room again.
 *
 * <p>It is a mount of its own, which only root may make; where that is not allowed a test is
 * skipped and says so.
 */
public final class TinyDisk implements AutoCloseable {

  private final Path mountPoint;

  private TinyDisk(Path mountPoint) {
    this.mountPoint = mountPoint;
  }

  /** Mounts a disk, or ends the test as not applicable. */
  public static TinyDisk mount(Path mountPoint, int megabytes) {
    String output =
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + megabytes + "m",
            "tmpfs",
            mountPoint.toString());
    Assumptions.assumeTrue(
        output.isEmpty(),
        () -> "a full disk is played by a small tmpfs, which may not be mounted here: " + output);
    return new TinyDisk(mountPoint);
  }

  /** Returns a directory on the disk. */
  public Path directory() {
    return mountPoint.resolve("journal");
  }

  /** Fills the disk. */
  public void fill() throws IOException {
    byte[] block = new byte[4 << 10];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (mountPoint.toFile().getUsableSpace() >= block.length) {
        throw e;
      }
    }
  }

  /** Gives free what {@link #fill} took. */
  public void free() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() {
    String output = run("umount", mountPoint.toString());
    if (!output.isEmpty()) {
      throw new IllegalStateException("disk must be given free, found [" + output + "]");
    }
  }

  private Path ballast() {
    return mountPoint.resolve("ballast");
  }

  /** Returns what the command printed, which is nothing if it succeeded. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exit = process.waitFor();
      return exit == 0 ? "" : "exit code " + exit + ", " + output;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
