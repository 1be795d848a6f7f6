package io.vellamo.journal.store;

import java.nio.file.Path;

/** An operation on files that a process has done. */
sealed interface FileOperation {
  record MakeDirectory(Path path) implements FileOperation {}

  /** A file is opened for writing, and created if it is not there. */
  record Create(Path path) implements FileOperation {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Write(Path path, long position, byte[] bytes) implements FileOperation {
    @Override
    public String toString() {
      return "Write[" + path.getFileName() + ", " + position + ", " + bytes.length + " bytes]";
    }
  }

  record Resize(Path path, int size) implements FileOperation {}

  record BeginSync(int id, Path path) implements FileOperation {}

  record EndSync(int id) implements FileOperation {}

  record Rename(Path from, Path to) implements FileOperation {}

  record Remove(Path path) implements FileOperation {}

  /** The process printed a line, by which it says what it has been promised. */
  record Print(String line) implements FileOperation {}
}
