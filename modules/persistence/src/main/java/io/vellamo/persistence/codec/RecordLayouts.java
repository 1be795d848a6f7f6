package io.vellamo.persistence.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.Layouts;
import io.vellamo.persistence.codec.record.RecordForm;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of a query's values in record form: those in which this program writes, and those of
 * the journal. With them, a value is turned into the CBOR that Jackson would have written, so that
 * states evolve, are migrated and are shown by name, whatever their form.
 */
public final class RecordLayouts implements Layouts {
  private static final ObjectWriter WRITER = JacksonMappers.checking().writer();

  private final Map<Integer, RecordLayout> byId = new ConcurrentHashMap<>();
  private final List<String> own = new CopyOnWriteArrayList<>();
  // By the name of the aggregation.
  private final Map<String, BufferNames> buffers = new ConcurrentHashMap<>();

  /** Creates a table without layouts. */
  public RecordLayouts() {}

  /**
   * Returns the layouts of a journal.
   *
   * @throws SerializationException if one of them can't be read
   */
  public static RecordLayouts of(List<String> known) {
    RecordLayouts layouts = new RecordLayouts();
    layouts.add(known);
    return layouts;
  }

  /** Adds the layout in which values of a form are written. */
  void use(RecordForm form) {
    if (form.layout().isWord()) {
      return;
    }
    put(form.layout());
    if (!own.contains(form.layout().text())) {
      own.add(form.layout().text());
    }
  }

  /** Adds the names of the buffers that an aggregation of this program writes. */
  void use(BufferNames names) {
    buffers.put(names.operator(), names);
    if (!own.contains(names.text())) {
      own.add(names.text());
    }
  }

  @Override
  public List<String> buffers(String operator) {
    BufferNames known = buffers.get(operator);
    return known == null ? List.of() : known.names();
  }

  @Override
  public List<String> own() {
    return List.copyOf(own);
  }

  @Override
  public void add(List<String> known) {
    for (String text : known) {
      try {
        add(text);
      } catch (RuntimeException e) {
        throw new SerializationException(
            "layout",
            "the layouts in the journal must be those of values, one was [%s]; restore the journal, or use a newer Vellamo"
                .formatted(text),
            e);
      }
    }
  }

  private void add(String text) {
    BufferNames names = BufferNames.of(text);
    if (names == null) {
      put(RecordLayout.of(text));
    } else if (own.stream().noneMatch(names::isOfSameOperator)) {
      buffers.put(names.operator(), names);
    }
  }

  private void put(RecordLayout layout) {
    RecordLayout other = byId.putIfAbsent(layout.id(), layout);
    if (other != null && !other.equals(layout)) {
      throw new SerializationException(
          "layout",
          "layouts must have different ids, [%s] has the same as [%s]; change the order of the components of one of the records"
              .formatted(layout.text(), other.text()),
          null);
    }
  }

  @Override
  public byte[] byName(byte[] bytes, int start) {
    return byName(bytes, start, "value", "value");
  }

  /**
   * Returns bytes with the value by name: as they are, unless they continue in record form.
   *
   * @param bytes the bytes
   * @param start the index at which the value begins
   * @param className the class that reads it, for messages
   * @param role the purpose of the class, such as {@code state}
   * @throws SerializationException if the layout is not known, or the bytes are not in it
   */
  byte[] byName(byte[] bytes, int start, String className, String role) {
    if (!RecordLayout.isIdAt(bytes, start)) {
      return bytes;
    }
    RecordLayout layout = layout(RecordLayout.idAt(bytes, start));
    if (layout == null) {
      throw new SerializationException(
          className,
          "%s class [%s] can't be read: the journal has no layout [%s]; restore the journal of the query, which holds the layouts of its shards"
              .formatted(
                  role, className, HexFormat.of().toHexDigits(RecordLayout.idAt(bytes, start))),
          null);
    }
    byte[] named = byName(layout, bytes, start + layout.idLength(), className, role);
    byte[] all = new byte[start + named.length];
    System.arraycopy(bytes, 0, all, 0, start);
    System.arraycopy(named, 0, all, start, named.length);
    return all;
  }

  private @Nullable RecordLayout layout(int id) {
    RecordLayout word = RecordLayout.ofWord(id);
    return word == null ? byId.get(id) : word;
  }

  /**
   * Returns a value of a layout as CBOR.
   *
   * @param start the index of its first byte after the id
   */
  static byte[] byName(
      RecordLayout layout, byte[] bytes, int start, String className, String role) {
    try {
      return WRITER.writeValueAsBytes(layout.read(bytes, start));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new SerializationException(
          className,
          "%s class [%s] can't be read: the value is damaged; restore the journal"
              .formatted(role, className),
          JacksonSupport.withoutPayload(e));
    }
  }
}
