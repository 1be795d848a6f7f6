package io.vellamo.connectors.file;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * How far the text of a file goes, as of one look at it.
 *
 * @param stamp tells whether the file has changed since
 * @param end the offset behind the last complete entry
 * @param length the offset behind the last byte
 */
record FileExtent(Stamp stamp, long end, long length) {

  /** Size and time of a file on disk. */
  record Stamp(long size, FileTime modified) {
    static Stamp of(BasicFileAttributes attributes) {
      return new Stamp(attributes.size(), attributes.lastModifiedTime());
    }
  }
}
