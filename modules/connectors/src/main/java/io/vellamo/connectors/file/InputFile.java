package io.vellamo.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file as of one look at it.
 *
 * @param path where it is; the name in it has the bytes of the file system, whatever the JVM's
 *     encoding
 * @param name its name as text
 * @param stamp tells whether it has changed since
 */
record InputFile(Path path, String name, Stamp stamp) {
  /** Returns a regular file; null if there is none. */
  static @Nullable InputFile at(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? new InputFile(path, FileNames.of(path), Stamp.of(attributes))
          : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  String key() {
    return stamp.key();
  }

  /**
   * Identity, size and time of a file on disk.
   *
   * @param key stays when the file is renamed; may be given to another file once this one is
   *     deleted
   */
  record Stamp(String key, long size, FileTime modified) {
    static Stamp of(BasicFileAttributes attributes) {
      Object key = attributes.fileKey();
      return new Stamp(
          // Windows has no keys.
          String.valueOf(key == null ? attributes.creationTime() : key).replace('/', '_'),
          attributes.size(),
          attributes.lastModifiedTime());
    }
  }
}
