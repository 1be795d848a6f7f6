package io.vellamo.persistence.codec.record;

import static java.util.Objects.requireNonNull;

import io.vellamo.engine.group.Utf8;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a value, as text: for a record, names and types of its components in the order in
 * which they are written. {@code {user:text,clicks:int,last:{page:text,at:instant},previous:#1}} is
 * a record with a nested one, to whose type, the second that the text describes, it refers once
 * more.
 *
 * <p>The text is written to journals: it must stay readable forever. It does not name classes, so
 * these may be renamed.
 *
 * <p>Before a value stands the id of its layout: a hash of four bytes, or one byte for a layout
 * that is a single word. A byte needs no layout in the journal.
 */
public final class RecordLayout {
  private static final int HASH_LENGTH = 4;

  /**
   * The first four bits of a hash. No value that Jackson writes as CBOR begins with them: they are
   * those of simple values that have no meaning.
   */
  private static final int MARK = 0xe0;

  private static final int MARK_BITS = 0xf0;

  /**
   * The id of the first word. No value that Jackson writes as CBOR begins with it or with one of
   * the next 15 bytes: they are those of tags from 8 to 23, which it does not use.
   */
  private static final int FIRST_WORD = 0xc8;

  /** Layouts with an id of one byte, in the order of the ids, which must never change. */
  private static final List<String> WORDS =
      List.of(
          "int",
          "double",
          "text",
          "boolean",
          "instant",
          "duration",
          "uuid",
          "bytes",
          "date",
          "time",
          "datetime",
          "offsetdatetime",
          "decimal",
          "integer",
          "float",
          "char");

  private static final List<RecordLayout> OF_WORDS = WORDS.stream().map(RecordLayout::new).toList();

  private final String text;
  private final int id;
  private final Form form;

  private RecordLayout(String text) {
    int word = WORDS.indexOf(text);
    this.text = text;
    this.id = word < 0 ? hash(text) : FIRST_WORD + word;
    this.form = new LayoutParser(text).parse();
  }

  /**
   * Returns a layout.
   *
   * @throws IllegalArgumentException if the text is not that of a layout
   */
  public static RecordLayout of(String text) {
    return new RecordLayout(text);
  }

  /** Returns the text. */
  public String text() {
    return text;
  }

  /** Returns the id, as the first bytes of values of this layout. */
  public int id() {
    return id;
  }

  /** Returns the number of bytes of the id. */
  public int idLength() {
    return isWord() ? 1 : HASH_LENGTH;
  }

  /** Returns whether the layout is known from its id. */
  public boolean isWord() {
    return isWord(id);
  }

  /**
   * Returns a value with the components of records by name: strings, numbers, times, lists, maps
   * and so on.
   *
   * @param bytes the value
   * @param start the index of the first byte after the id
   * @throws RuntimeException if the bytes are not those of a value of this layout
   */
  public @Nullable Object read(byte[] bytes, int start) {
    RecordInput in = new RecordInput(bytes, start);
    Object value = form.read(in);
    in.requireEnd();
    return value;
  }

  /** Returns whether bytes begin, at an index, with the id of a layout. */
  public static boolean isIdAt(byte[] bytes, int start) {
    return start < bytes.length
        && (isWord(bytes[start] & 0xff)
            || (bytes.length >= start + HASH_LENGTH && (bytes[start] & MARK_BITS) == MARK));
  }

  /** Returns the id at an index. */
  public static int idAt(byte[] bytes, int start) {
    return isWord(bytes[start] & 0xff) ? bytes[start] & 0xff : hashAt(bytes, start);
  }

  /** Returns the layout of an id, or null if the id does not tell it. */
  public static @Nullable RecordLayout ofWord(int id) {
    return isWord(id) ? OF_WORDS.get(id - FIRST_WORD) : null;
  }

  private static boolean isWord(int id) {
    return id >= FIRST_WORD && id < FIRST_WORD + WORDS.size();
  }

  private static int hashAt(byte[] bytes, int start) {
    int hash = 0;
    for (int i = 0; i < HASH_LENGTH; i++) {
      hash = hash << Byte.SIZE | (bytes[start + i] & 0xff);
    }
    return hash;
  }

  private static int hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Utf8.bytes(text, "layout"));
      hash[0] = (byte) (MARK | (hash[0] & ~MARK_BITS));
      return hashAt(hash, 0);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordLayout that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return text;
  }

  /** A reader of a layout's text. */
  private static final class LayoutParser {
    private final String text;
    private final List<LaterForm> records = new ArrayList<>();
    private int position;

    private LayoutParser(String text) {
      this.text = text;
    }

    private Form parse() {
      Form root = has('{') ? recordOrNull() : type();
      if (position != text.length()) {
        throw damaged();
      }
      return root;
    }

    private Form recordOrNull() {
      NamedForm record = record();
      return has('?') ? new PresentForm(record) : record;
    }

    private NamedForm record() {
      LaterForm later = new LaterForm();
      records.add(later);
      List<String> names = new ArrayList<>();
      List<Form> components = new ArrayList<>();
      do {
        names.add(word(":"));
        expect(':');
        components.add(type());
      } while (has(','));
      expect('}');
      NamedForm form = new NamedForm(List.copyOf(names), List.copyOf(components));
      later.complete(form);
      return form;
    }

    private Form type() {
      if (has('{')) {
        return new PresentForm(record());
      }
      if (has('#')) {
        return new PresentForm(records.get(Integer.parseInt(word(",}>"))));
      }
      String name = word(",}><(");
      return switch (name) {
        case "enum" -> constants();
        case "list" -> new CollectionForm(argument('<', '>'), false);
        case "set" -> new CollectionForm(argument('<', '>'), true);
        case "map" -> new MapForm(argument('<', ','), argument(',', '>'));
        default -> scalar(name);
      };
    }

    private Form scalar(String name) {
      Scalar scalar = Scalar.named(name);
      if (scalar == null) {
        throw damaged();
      }
      return scalar.form();
    }

    private Form constants() {
      List<String> names = new ArrayList<>();
      expect('(');
      do {
        names.add(word("|)"));
      } while (has('|'));
      expect(')');
      return new EnumForm(List.copyOf(names));
    }

    private Form argument(char before, char after) {
      if (before != ',') {
        expect(before);
      }
      Form argument = type();
      expect(after);
      return requireNonNull(argument, "argument");
    }

    private String word(String ends) {
      int start = position;
      while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
        position++;
      }
      return text.substring(start, position);
    }

    private boolean has(char next) {
      if (position < text.length() && text.charAt(position) == next) {
        position++;
        return true;
      }
      return false;
    }

    private void expect(char next) {
      if (!has(next)) {
        throw damaged();
      }
    }

    private IllegalArgumentException damaged() {
      return new IllegalArgumentException(
          "layout must be names and types of components, was [%s]; restore the journal, or use a newer Vellamo"
              .formatted(text));
    }
  }
}
