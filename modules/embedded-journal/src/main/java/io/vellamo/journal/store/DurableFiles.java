package io.vellamo.journal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes to files and directories that survive a power loss once the method has returned.
 *
 * <p>A new or renamed file survives only if its directory is synced too. If directories cannot be
 * opened, as on Windows, the file system ensures that itself.
 */
final class DurableFiles {

  private DurableFiles() {}

  /** Creates a directory and its missing parents. */
  static void createDirectories(Path directory) throws IOException {
    List<Path> parents = new ArrayList<>();
    for (Path path = directory.toAbsolutePath(); path != null; path = path.getParent()) {
      if (!Files.exists(path)) {
        parents.add(path);
      }
    }
    Files.createDirectories(directory);
    for (Path created : parents) {
      syncDirectory(created.getParent());
    }
  }

  /**
   * Syncs the entries of a directory and of its ancestors, up to the first that cannot be opened.
   */
  static void syncPath(Path directory) {
    for (Path path = directory.toAbsolutePath(); path != null; path = path.getParent()) {
      try {
        syncDirectory(path);
      } catch (IOException e) {
        // A directory that cannot be opened existed before and belongs to another user.
        return;
      }
    }
  }

  /** Syncs the entries of a directory. */
  static void syncDirectory(@Nullable Path directory) throws IOException {
    if (directory == null || !opensDirectories(directory)) {
      return;
    }
    sync(directory, StandardOpenOption.READ);
  }

  /** Syncs the content of a file. */
  static void syncFile(Path file) throws IOException {
    sync(file, StandardOpenOption.WRITE);
  }

  /** Syncs everything in a directory, and its entries. */
  static void syncTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            syncFile(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            syncDirectory(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Renames a file or directory, which must be synced; an existing file of that name is replaced.
   */
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(to.toAbsolutePath().getParent());
  }

  /** Deletes a directory with everything in it. */
  static void deleteTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
    syncDirectory(directory.toAbsolutePath().getParent());
  }

  /**
   * Returns whether directories can be opened as files; only file systems with POSIX attributes
   * allow that.
   */
  private static boolean opensDirectories(Path directory) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
