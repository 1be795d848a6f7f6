package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.DrawnRecords.Primitives;
import io.vellamo.persistence.codec.DrawnRecords.Tree;
import io.vellamo.persistence.codec.record.RecordLayout;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

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
