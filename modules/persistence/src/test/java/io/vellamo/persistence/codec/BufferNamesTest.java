package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.CompositeForm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names of buffers in a query's journal, and states that are shown by them. */
final class BufferNamesTest {
  private static final String OPERATOR = "per \"hour\"";

  private final byte[] state = state(Aggregates.<Long>count(), Aggregates.<Long>sumOfLongs(n -> n));

  /** The text is in journals, and must be readable forever. */
  @Test
  void text_isReadForever() {
    BufferNames names = new BufferNames(OPERATOR, List.of("count", "mean, stddev"));
    String text = "buffers[\"per \\\"hour\\\"\",\"count\",\"mean, stddev\"]";

    assertThat(names.text()).isEqualTo(text);
    assertThat(BufferNames.of(text)).isEqualTo(names);
    assertThat(BufferNames.of("{user:text}")).isNull();
    assertThat(names.isOfSameOperator(text)).isTrue();
    assertThat(names.isOfSameOperator("list<int?>")).isFalse();
  }

  @Test
  void damagedText_isRefusedAsALayout() {
    for (String damaged : List.of("buffers[", "buffers[]", "buffers[1", "buffers[{}]")) {
      assertThatExceptionOfType(SerializationException.class)
          .isThrownBy(() -> RecordLayouts.of(List.of(damaged)))
          .withMessageContaining("one was [%s]", damaged);
    }
  }

  @Test
  void state_isShownByTheNamesOfItsOperator() {
    RecordLayouts own = new RecordLayouts();
    own.use(new BufferNames(OPERATOR, List.of("count", "sum")));
    RecordLayouts ofJournal = RecordLayouts.of(own.own());

    assertThat(shown(ofJournal, OPERATOR))
        .isEqualTo("{\"count\":{\"count\":0},\"sum\":{\"count\":0,\"sum\":0}}");
    assertThat(shown(ofJournal, "other")).isEqualTo("[{\"count\":0},{\"count\":0,\"sum\":0}]");
  }

  @Test
  void state_withMoreOrFewerBuffers_isAList() {
    for (List<String> names : List.of(List.of("count"), List.of("count", "sum", "more"))) {
      RecordLayouts layouts = new RecordLayouts();
      layouts.use(new BufferNames(OPERATOR, names));

      assertThat(shown(layouts, OPERATOR)).isEqualTo("[{\"count\":0},{\"count\":0,\"sum\":0}]");
    }
  }

  @Test
  void laterNames_replaceEarlierOnes_butNotThoseOfTheProgram() {
    List<String> journal =
        List.of(
            new BufferNames(OPERATOR, List.of("a", "b")).text(),
            new BufferNames(OPERATOR, List.of("c", "d")).text());
    RecordLayouts program = new RecordLayouts();
    program.use(new BufferNames(OPERATOR, List.of("a", "b")));

    program.add(journal);

    assertThat(RecordLayouts.of(journal).buffers(OPERATOR)).containsExactly("c", "d");
    assertThat(program.buffers(OPERATOR)).containsExactly("a", "b");
  }

  private String shown(RecordLayouts layouts, String operator) {
    return String.valueOf(new JsonForms(layouts).ofOperator(operator).ofState(state));
  }

  /** Returns the state of a group without events. */
  private static byte[] state(Aggregate<?, ?>... aggregates) {
    List<? extends Aggregate<?, ?>> all = List.of(aggregates);
    List<StateType<?>> types =
        all.stream().<StateType<?>>map(each -> each.aggregator().bufferType()).toList();
    Object[] zero = all.stream().map(each -> each.aggregator().zero()).toArray();
    return JacksonStateCodec.of(CompositeForm.of(types), new RecordLayouts()).write(zero);
  }
}
