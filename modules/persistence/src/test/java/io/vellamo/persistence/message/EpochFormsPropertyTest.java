package io.vellamo.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.ShareReport;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Random inputs, outputs and parts of epochs, which are read as they were written. */
final class EpochFormsPropertyTest {
  /** All that a shard gets of an event. */
  private record Taken(
      Object key,
      @Nullable Object userKey,
      Object event,
      int range,
      long offset,
      long second,
      int nano) {}

  private final PreparedQuery query = ExampleQuery.prepared();
  private final EpochForms forms = EpochForms.of(query);

  @Property(tries = 200)
  void input_isReadWithItsEventsInOrder(@ForAll long seed, @ForAll @IntRange(max = 40) int count) {
    EpochInput input = new DrawnEpochs(query, new Draw(seed)).byPlace(count);

    EpochInput read = read(ExampleQuery.BY_PLACE, input);

    assertThat(taken(read.events())).isEqualTo(taken(input.events()));
    assertThat(read.events().isTimed()).isEqualTo(input.events().isTimed());
    assertThat(read.initial()).usingRecursiveComparison().isEqualTo(input.initial());
    assertThat(List.copyOf(read.initial().states().keySet()))
        .isEqualTo(List.copyOf(input.initial().states().keySet()));
  }

  @Property(tries = 5)
  void input_ofManyEvents_isReadWithAllOfThem(@ForAll long seed) {
    EpochInput input = new DrawnEpochs(query, new Draw(seed)).byPlace(5_000);

    assertThat(taken(read(ExampleQuery.BY_PLACE, input).events())).isEqualTo(taken(input.events()));
  }

  // Few tries: buffers are compared field by field.
  @Property(tries = 30)
  void input_withPartialResults_isReadWithEqualBuffers(
      @ForAll long seed, @ForAll @IntRange(max = 40) int count) {
    EpochInput input = new DrawnEpochs(query, new Draw(seed)).totals(count);

    EpochInput read = read(ExampleQuery.TOTALS, input);

    assertThat(taken(read.events())).usingRecursiveComparison().isEqualTo(taken(input.events()));
    assertThat(read.events().sizeBeforeReduction()).isEqualTo(input.events().sizeBeforeReduction());
  }

  @Property(tries = 200)
  void output_isReadWithItsRowsInOrder(@ForAll long seed) {
    DrawnEpochs drawn = new DrawnEpochs(query, new Draw(seed));
    for (EpochOutput output : List.of(drawn.rows(), drawn.wholeResult())) {
      byte[] bytes = forms.writeOutput(ExampleQuery.TOTALS, output);

      assertThat(forms.readOutput(ExampleQuery.TOTALS, bytes)).isEqualTo(output);
    }
  }

  @Property(tries = 200)
  void report_isReadAsItWasWritten(@ForAll long seed) {
    ShareReport report = new DrawnEpochs(query, new Draw(seed)).report();

    assertThat(forms.readReport(forms.writeReport(report))).isEqualTo(report);
  }

  private EpochInput read(int operator, EpochInput input) {
    return forms.readInput(operator, forms.writeInput(operator, input));
  }

  private static List<Taken> taken(ShardEvents events) {
    List<Taken> all = new ArrayList<>();
    events.forEach(
        (key, userKey, event, range, offset, second, nano) ->
            all.add(new Taken(key, userKey, event, range, offset, second, nano)));
    return all;
  }
}
