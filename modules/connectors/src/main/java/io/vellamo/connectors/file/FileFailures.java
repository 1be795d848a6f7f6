package io.vellamo.connectors.file;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourceException;
import io.vellamo.connectors.file.GzipMembers.TrailingDataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The exceptions for failures of a source's files. */
record FileFailures(String source) {
  SourceException unreadable(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return gone(file.toString());
    }
    if (cause instanceof TrailingDataException trailing) {
      return failure(
          "File [%s] must end where its gzip stream ends, at byte [%d], but [%d] bytes follow that are no gzip member;"
                  .formatted(file, trailing.end(), trailing.bytes())
              + " write them as a member, or as a file of their own",
          cause);
    }
    if (cause instanceof ZipException) {
      return failure(
          "File [%s] must be a valid gzip file, but it is damaged; replace it".formatted(file),
          cause);
    }
    if (cause instanceof EOFException) {
      return failure(
          "File [%s] must be whole, but it ends too early; replace it or, if it is still being"
                  .formatted(file)
              + " written, wait until it is complete",
          cause);
    }
    return failure(
        "File [%s] must be readable, failed with [%s]; see the cause"
            .formatted(file, cause.getClass().getName()),
        cause);
  }

  SourceException unreadable(Path file, OffsetRange range, IOException cause) {
    return cause instanceof EOFException ? shrunk(file, range.until()) : unreadable(file, cause);
  }

  SourceException gone(String file) {
    return failure(
        "File [%s] must stay until it has been read, but it is gone; put it back".formatted(file),
        null);
  }

  SourceException shrunk(Path file, long expected) {
    return failure(
        "File [%s] must not become shorter while a query reads it, but its text ends before offset [%d];"
                .formatted(file, expected)
            + " append to files, or write each under a new name",
        null);
  }

  SourceException replaced(Path file, long offset) {
    return failure(
        "File [%s] must keep the text that was read of it, up to offset [%d], but holds another text;"
                .formatted(file, offset)
            + " put the former file back, write new text under a new name, or read replaced files"
            + " from their start with whenReplaced(READ_FROM_START)",
        null);
  }

  SourceException header(Path file, Iterable<String> properties, @Nullable Character likely) {
    String advice =
        likely == null
            ? "add the line or correct it"
            : "its columns seem to be separated by [%s], so use withDelimiter on the CsvDialect of the source"
                .formatted(likely == '\t' ? "\\t" : likely);
    return failure(
        "File [%s] must begin with a header line that names columns among %s, each once; %s"
            .formatted(file, properties, advice),
        null);
  }

  SourceException headerTwice(Path file, String name, int first, int second) {
    return failure(
        "File [%s] must name each column once in its header, but [%s] names columns [%d] and [%d]; rename one"
            .formatted(file, name, first, second),
        null);
  }

  SourceException headerText(Path file, int malformed) {
    return failure(
        "File [%s] must be UTF-8, but its header is malformed at byte [%d]; convert the file"
            .formatted(file, malformed),
        null);
  }

  SourceException unbindable(Class<?> eventClass, IOException cause) {
    return failure(
        "Class [%s] must be one that Jackson can read; use a record, or add what the cause asks for"
            .formatted(eventClass.getName()),
        cause);
  }

  private SourceException failure(String message, @Nullable Throwable cause) {
    return new SourceException(source, message, cause);
  }
}
