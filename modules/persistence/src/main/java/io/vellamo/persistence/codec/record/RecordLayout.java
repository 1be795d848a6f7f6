package io.vellamo.persistence.codec.record;

import static java.util.Objects.requireNonNull;

import io.vellamo.engine.group.Utf8;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a record: names and types of its components in the order in which they are written,
 * as text. {@code {user:text,clicks:int,last:{page:text,at:instant},previous:#1}} is a record with
 * a nested one, to whose type, the second that the text describes, it refers once more.
 *
 * <p>The text is written to journals: it must stay readable forever. It does not name classes, so
 * these may be renamed.
 */
public final class RecordLayout {
  /** The number of bytes that precede a value and identify its layout. */
  public static final int ID_LENGTH = 4;

  /**
   * The first four bits of an id. No value that Jackson writes as CBOR begins with them: they are
   * those of simple values that have no meaning.
   */
  private static final int MARK = 0xe0;

  private static final int MARK_BITS = 0xf0;

  private final String text;
  private final int id;
  private final NamedForm form;

  private RecordLayout(String text) {
    this.text = text;
    this.id = idOf(text);
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

  /** Returns a hash of the text, as the first bytes of values of this layout. */
  public int id() {
    return id;
  }

  /**
   * Returns the components of a value by name: strings, numbers, times, lists, maps and so on.
   *
   * @param bytes the value
   * @param start the index of the first component
   * @throws RuntimeException if the bytes are not those of a value of this layout
   */
  public Map<String, @Nullable Object> read(byte[] bytes, int start) {
    RecordInput in = new RecordInput(bytes, start);
    Map<String, @Nullable Object> values = form.read(in);
    in.requireEnd();
    return values;
  }

  /** Returns whether bytes begin, at an index, with the id of a layout. */
  public static boolean isIdAt(byte[] bytes, int start) {
    return bytes.length >= start + ID_LENGTH && (bytes[start] & MARK_BITS) == MARK;
  }

  /** Returns the id at an index. */
  public static int idAt(byte[] bytes, int start) {
    int id = 0;
    for (int i = 0; i < ID_LENGTH; i++) {
      id = id << Byte.SIZE | (bytes[start + i] & 0xff);
    }
    return id;
  }

  static int idOf(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Utf8.bytes(text, "layout"));
      hash[0] = (byte) (MARK | (hash[0] & ~MARK_BITS));
      return idAt(hash, 0);
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

    private NamedForm parse() {
      NamedForm root = record();
      if (position != text.length()) {
        throw damaged();
      }
      return root;
    }

    private NamedForm record() {
      LaterForm later = new LaterForm();
      records.add(later);
      expect('{');
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
      if (position < text.length() && text.charAt(position) == '{') {
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
