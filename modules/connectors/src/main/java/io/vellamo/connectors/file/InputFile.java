package io.vellamo.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file at one point in time.
 *
 * @param path the path; its name has the bytes of the file system, regardless of the JVM's encoding
 * @param name the name as text
 * @param stamp shows whether the file has changed since
 */
record InputFile(Path path, String name, Stamp stamp) {
  /** Returns the regular file at a path; null if there is none. */
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
   * The identity, size and modification time of a file on disk.
   *
   * @param key the file's key, which a rename keeps; may be reused for another file once this one
   *     is deleted
   */
  record Stamp(String key, long size, FileTime modified) {
    static Stamp of(BasicFileAttributes attributes) {
      Object key = attributes.fileKey();
      return new Stamp(
          // Windows has no file keys.
          String.valueOf(key == null ? attributes.creationTime() : key).replace('/', '_'),
          attributes.size(),
          attributes.lastModifiedTime());
    }
  }
}
