package io.vellamo.connectors.file;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import org.jspecify.annotations.Nullable;

/**
 * The characters that separate and enclose the fields of a CSV file.
 *
 * <pre>{@code
 * Csv.source(path, Reading.class, CsvDialect.RFC_4180.withDelimiter(';'))
 * }</pre>
 *
 * <p><b>Threading</b> Immutable.
 *
 * @param delimiter the separator of fields, an ASCII character
 * @param quote the character that encloses a field with delimiters, quotes or line ends, and is
 *     doubled within the field; an ASCII character, null if quotes have no special meaning
 * @param escape the character that makes the next one a part of the field; an ASCII character, null
 *     if there is none
 * @since 0.1
 */
public record CsvDialect(char delimiter, @Nullable Character quote, @Nullable Character escape) {
  /** Commas and double quotes, no escape. The default. */
  public static final CsvDialect RFC_4180 = new CsvDialect(',', '"', null);

  /** Tabs and double quotes, no escape. */
  public static final CsvDialect TABS = RFC_4180.withDelimiter('\t');

  public CsvDialect {
    requireUsable("delimiter", delimiter);
    if (quote != null) {
      requireUsable("quote", quote);
    }
    if (escape != null) {
      requireUsable("escape", escape);
    }
    if (equal(quote, delimiter)
        || equal(escape, delimiter)
        || (quote != null && quote.equals(escape))) {
      throw new IllegalArgumentException(
          "delimiter [%s], quote [%s] and escape [%s] must differ"
              .formatted(delimiter, quote, escape));
    }
  }

  private static void requireUsable(String name, char c) {
    if (c > '~' || (c < ' ' && c != '\t' && c < 0x1c) || c == '\n' || c == '\r') {
      throw new IllegalArgumentException(
          "%s must be a printable ASCII character, a tab or a separator (28 to 31), was character [%s]"
              .formatted(name, Integer.toString(c)));
    }
  }

  private static boolean equal(@Nullable Character a, char b) {
    return a != null && a == b;
  }

  /**
   * Returns a dialect with another delimiter.
   *
   * @param delimiter an ASCII character such as {@code ;}, {@code |} or a tab
   * @return the dialect
   * @throws IllegalArgumentException if the character is not allowed, or is already used
   */
  public CsvDialect withDelimiter(char delimiter) {
    return new CsvDialect(delimiter, quote, escape);
  }

  /**
   * Returns a dialect with another quote.
   *
   * @param quote an ASCII character such as {@code '}
   * @return the dialect
   * @throws IllegalArgumentException if the character is not allowed, or is already used
   */
  public CsvDialect withQuote(char quote) {
    return new CsvDialect(delimiter, quote, escape);
  }

  /**
   * Returns a dialect in which fields are never quoted. A sink refuses it, since it could not write
   * every text.
   *
   * @return the dialect
   */
  public CsvDialect withoutQuote() {
    return new CsvDialect(delimiter, null, escape);
  }

  /**
   * Returns a dialect with an escape character, for files written by other programs; a sink refuses
   * it, since quotes suffice. After the escape, {@code n}, {@code r} and {@code t} denote control
   * characters.
   *
   * @param escape an ASCII character such as a backslash
   * @return the dialect
   * @throws IllegalArgumentException if the character is not allowed, or is already used
   */
  public CsvDialect withEscape(char escape) {
    return new CsvDialect(delimiter, quote, escape);
  }

  /** Returns the Jackson schema of this dialect for the given columns. */
  CsvSchema schema(CsvSchema columns) {
    CsvSchema separated = columns.withColumnSeparator(delimiter);
    CsvSchema quoted =
        quote == null ? separated.withoutQuoteChar() : separated.withQuoteChar(quote);
    return escape == null ? quoted.withoutEscapeChar() : quoted.withEscapeChar(escape);
  }
}
