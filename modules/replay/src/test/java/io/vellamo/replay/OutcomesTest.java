package io.vellamo.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.Layouts;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.codec.RecordLayouts;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomesTest {
  private static final JsonForms FORMS = new JsonForms(Layouts.NONE);

  private final JacksonValueCodec codec =
      JacksonValueCodec.ofRows(OutcomesTest.class.getClassLoader());

  record Count(String word, int count) {}

  /** The same as {@link Count}, in another class. */
  record Counted(String word, int count) {}

  /** {@link Count} with a component renamed. */
  record Total(String word, int total) {}

  /** {@link Count} with its components in another order. */
  record Reordered(int count, String word) {}

  @Test
  void rows_ofAnotherClassOrOrder_areTheSame_ifTheirPropertiesAre() {
    assertThat(isSame(new Count("a", 3), new Counted("a", 3))).isTrue();
    assertThat(isSame(new Count("a", 3), new Reordered(3, "a"))).isTrue();
    assertThat(isSame(new Count("a", 3), new Count("a", 4))).isFalse();
  }

  /** Their bytes are equal. */
  @Test
  void rows_whosePropertiesHaveOtherNames_differ() {
    StoredValue count = codec.write(new Count("a", 3));
    StoredValue total = codec.write(new Total("a", 3));
    assertThat(total.bytes()).isEqualTo(count.bytes());

    assertThat(Outcomes.sameRows(FORMS, List.of(count), List.of(total))).isFalse();
  }

  /** Their JSON shows only their sizes. */
  @Test
  void states_ofAUsersCodec_areComparedByTheirBytes() {
    StateCodec<Count> own =
        JacksonStateCodec.of(StateType.of(Count.class).codec(new Texts()), new RecordLayouts());
    GroupEntry three = GroupEntry.of(own.write(new Count("a", 3)), null);
    GroupEntry four = GroupEntry.of(own.write(new Count("a", 4)), null);

    assertThat(FORMS.ofState(three.state())).isEqualTo(FORMS.ofState(four.state()));
    assertThat(Outcomes.sameEntries(FORMS, three, four)).isFalse();
    assertThat(Outcomes.sameEntries(FORMS, three, three)).isTrue();
  }

  private static final class Texts implements StateSerializer<Count> {
    @Override
    public byte[] write(Count state) {
      return (state.word + ' ' + state.count).getBytes(UTF_8);
    }

    @Override
    public Count read(byte[] bytes, int version) {
      String[] parts = new String(bytes, UTF_8).split(" ", 2);
      return new Count(parts[0], Integer.parseInt(parts[1]));
    }
  }

  private boolean isSame(Object one, Object other) {
    return Outcomes.sameRows(FORMS, List.of(codec.write(one)), List.of(codec.write(other)));
  }
}
