package io.vellamo.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.persistence.message.ExampleQuery.Place;
import io.vellamo.persistence.message.ExampleQuery.Reading;
import io.vellamo.persistence.message.ExampleQuery.Total;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The input and the output of a shard on another node. */
final class EpochFormsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final PreparedQuery query = ExampleQuery.prepared();
  private final EpochForms forms = EpochForms.of(query);

  @Test
  void groups_areCalledInTheOrderOfTheirFirstEvents_withTheirEventsInOrder() {
    ShardEvents events = new ShardEvents(true);
    add(events, "b", 1, NOON.plusNanos(1));
    add(events, "a", 2, null);
    add(events, "b", 3, NOON);

    List<GroupBatch<Object>> groups = read(events).byGroup();

    assertThat(groups)
        .extracting(GroupBatch::userKey)
        .containsExactly(new Place("b"), new Place("a"));
    GroupBatch<Object> first = groups.get(0);
    assertThat(first.events()).containsExactly(reading(1), reading(3));
    assertThat(first.eventTime(0)).isEqualTo(NOON.plusNanos(1));
    assertThat(first.offset(1)).isEqualTo(3);
    assertThat(groups.get(1).hasEventTime()).isFalse();
  }

  @Test
  void keyOfAGroup_isWrittenAndReadOnce() {
    ShardEvents events = new ShardEvents(false);
    IntStream.range(0, 3).forEach(i -> add(events, "a place with a long name", i, null));
    byte[] bytes = forms.writeInput(0, new EpochInput(events, InitialGroups.NONE));

    assertThat(new String(bytes, StandardCharsets.ISO_8859_1).split("long name")).hasSize(2);
    assertThat(forms.readInput(0, bytes).events().byGroup()).hasSize(1);
  }

  @Test
  void eventsWithoutTimes_haveNoneAfterwards_andAShardWithoutEventsStaysEmpty() {
    ShardEvents untimed = new ShardEvents(false);
    add(untimed, "a", 1, NOON);

    assertThat(read(untimed).byGroup().get(0).eventTime()).isNull();
    assertThat(read(new ShardEvents(true)).isEmpty()).isTrue();
  }

  @Test
  void eventThatCanNotBeWritten_isRefusedByName() {
    ShardEvents events = new ShardEvents(false);
    events.add(
        query.operators().get(0).keyCodec().write(new Place("a")),
        new Place("a"),
        new Object(),
        0,
        0,
        null);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> forms.writeInput(0, new EpochInput(events, InitialGroups.NONE)))
        .withMessageContaining("java.lang.Object");
  }

  @Test
  void initialStates_keepTheOrderOfTheirMap() {
    LinkedHashMap<GroupKey, byte[]> states = new LinkedHashMap<>();
    for (String name : List.of("z", "a", "m")) {
      states.put(query.operators().get(0).keyCodec().write(new Place(name)), new byte[] {1});
    }
    EpochInput input = new EpochInput(new ShardEvents(false), new InitialGroups(states, true));

    EpochInput read = forms.readInput(0, forms.writeInput(0, input));

    assertThat(read.initial().states().keySet()).containsExactlyElementsOf(states.keySet());
    assertThat(read.initial().calledOnlyWithEvents()).isTrue();
  }

  @Test
  void rowWithoutEventTime_isReadAsTheRow() {
    EpochOutput output =
        new EpochOutput(List.of(new TimedRow(new Total("a", 1L), null)), List.of());

    assertThat(forms.readOutput(0, forms.writeOutput(0, output)).rows())
        .containsExactly(new Total("a", 1L));
  }

  @Test
  void deadLetter_whoseEventCanNotBeWritten_arrivesWithoutIt() {
    DeadLetter letter =
        new DeadLetter(
            Optional.of(new DeadLetter.Position("p0", 3)),
            7,
            "the function threw",
            Optional.of("a"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Object()),
            Optional.empty());

    EpochOutput read =
        forms.readOutput(0, forms.writeOutput(0, new EpochOutput(List.of(), List.of(letter))));

    DeadLetter only = read.deadLetters().get(0);
    assertThat(only.event()).isEmpty();
    assertThat(only).hasToString(letter.toString());
  }

  private ShardEvents read(ShardEvents events) {
    byte[] bytes = forms.writeInput(0, new EpochInput(events, InitialGroups.NONE));
    return forms.readInput(0, bytes).events();
  }

  private void add(ShardEvents events, String place, long value, @Nullable Instant time) {
    Place key = new Place(place);
    events.add(query.operators().get(0).keyCodec().write(key), key, reading(value), 0, value, time);
  }

  private static Reading reading(long value) {
    return new Reading("s", value, 0.5, NOON);
  }
}
