package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.DrawnRecords.Both;
import io.vellamo.persistence.codec.DrawnRecords.Colour;
import io.vellamo.persistence.codec.DrawnRecords.Primitives;
import io.vellamo.persistence.codec.DrawnRecords.Tree;
import io.vellamo.persistence.codec.DrawnRecords.Values;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Random records, written and read in record form and by Jackson. */
final class RecordFormPropertyTest {
  private static final StateType<Tree> TYPE = StateType.of(Tree.class);

  private final RecordLayouts layouts = new RecordLayouts();
  private final StateCodec<Tree> codec = JacksonStateCodec.of(TYPE, layouts);
  private final JacksonStateCodec<Tree> jackson = JacksonStateCodec.of(TYPE);

  @Property(tries = 300)
  void record_inRecordForm_isReadAsJacksonReadsIt(@ForAll long seed) {
    Tree tree = new DrawnRecords(seed).tree();
    byte[] bytes = codec.write(tree);

    assertThat(RecordLayout.isIdAt(bytes, 0)).isTrue();
    assertThat(codec.read(bytes)).isEqualTo(jackson.read(jackson.write(tree)));
  }

  @Property(tries = 300)
  void record_inRecordForm_isShownAsJacksonWouldHaveWrittenIt(@ForAll long seed) {
    Tree tree = new DrawnRecords(seed).tree();

    byte[] named = layouts.byName(codec.write(tree), 0, "Tree", "state");

    assertThat(named).hasSameSizeAs(jackson.write(tree));
    assertThat(jackson.read(named)).isEqualTo(jackson.read(jackson.write(tree)));
  }

  // Few tries: each makes codecs for some 25 types.
  @Property(tries = 20)
  void plainValues_areReadAndShownAsJacksonDoes(@ForAll long seed) {
    DrawnRecords drawn = new DrawnRecords(seed);
    drawn.scalars().forEach(value -> assertAsJackson(StateType.of(classOf(value)), value));
    Tree tree = drawn.tree();
    assertAsJackson(new TypeRef<Optional<Tree>>() {}, tree.other());
    assertAsJackson(new TypeRef<Optional<String>>() {}, tree.name());
    assertAsJackson(new TypeRef<List<@Nullable Tree>>() {}, tree.children());
    assertAsJackson(new TypeRef<Set<Values>>() {}, tree.distinct());
    assertAsJackson(new TypeRef<Map<String, @Nullable Tree>>() {}, tree.byName());
    assertAsJackson(new TypeRef<Map<Colour, List<@Nullable Long>>>() {}, tree.byColour());
    assertAsJackson(new TypeRef<Map<Integer, Optional<Instant>>>() {}, tree.byNumber());
    assertAsJackson(new TypeRef<Both<Long, Both<String, Values>>>() {}, tree.both());
  }

  private <S> void assertAsJackson(TypeRef<S> type, @Nullable S value) {
    if (value != null) {
      assertAsJackson(StateType.of(type), value);
    }
  }

  private <S> void assertAsJackson(StateType<S> type, S value) {
    StateCodec<S> inForm = JacksonStateCodec.of(type, layouts);
    JacksonStateCodec<S> byName = JacksonStateCodec.of(type);
    byte[] bytes = inForm.write(value);

    assertThat(RecordLayout.isIdAt(bytes, 0)).isTrue();
    assertThat(inForm.read(bytes)).isEqualTo(byName.read(byName.write(value)));
    assertThat(byName.read(RecordLayouts.of(layouts.own()).byName(bytes, 0)))
        .isEqualTo(inForm.read(bytes));
  }

  @SuppressWarnings("unchecked") // the class of the value
  private static Class<Object> classOf(Object value) {
    return (Class<Object>) KeyValueModule.classOf(value);
  }

  @Property(tries = 100)
  void bytes_cutAnywhere_areRefused(@ForAll long seed) {
    StateCodec<Primitives> primitives =
        JacksonStateCodec.of(StateType.of(Primitives.class), new RecordLayouts());
    byte[] bytes = primitives.write(new DrawnRecords(seed).primitives());

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(SerializationException.class)
          .as("cut to %d bytes", length)
          .isThrownBy(() -> primitives.read(cut));
    }
  }

  @Property(tries = 200)
  void bytes_withAFlippedBit_areRefusedOrAValue(@ForAll long seed, @ForAll int drawn) {
    byte[] bytes = codec.write(new DrawnRecords(seed).tree());
    int bit = Math.floorMod(drawn, bytes.length * Byte.SIZE);
    bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));

    assertThat(readOrRefused(bytes))
        .as("bit %d", bit)
        .isInstanceOfAny(Tree.class, SerializationException.class);
  }

  /** Returns what is read, or whatever is thrown. */
  @SuppressWarnings("CatchingUnchecked") // a test of what is thrown
  private Object readOrRefused(byte[] bytes) {
    try {
      return codec.read(bytes);
    } catch (Throwable thrown) {
      return thrown;
    }
  }
}
