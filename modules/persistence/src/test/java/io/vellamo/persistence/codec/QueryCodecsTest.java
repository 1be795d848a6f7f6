package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The preparation of plans with codecs. */
final class QueryCodecsTest {
  private static final FlatMapGroupsWithStateFunction<Object, Object, Seen, String> NOTHING =
      (key, events, state) -> Collections.emptyIterator();

  /** A key with a class of its own. */
  record Place(String name) {}

  /** A state, and an event. */
  record Seen(long count) {}

  @Test
  void operators_haveTheCodecsOfTheirTypes() {
    PreparedQuery query =
        prepare(
            group(Optional.of(Place.class)),
            group(Optional.empty()),
            group(Optional.of(new TypeRef<List<String>>() {}.type())));

    GroupOperator<?, ?, ?, ?> first = query.operators().get(0);
    GroupOperator<?, ?, ?, ?> second = query.operators().get(1);
    Place place = new Place("Turku");
    assertThat(first.keyCodec().read(first.keyCodec().write(place))).isEqualTo(place);
    KeyCodec third = query.operators().get(2).keyCodec();
    assertThat(third.read(third.write(List.of("a")))).isEqualTo(List.of("a"));
    assertThat(second.keyCodec()).isInstanceOf(StandardKeyCodec.class);
    assertThat(first.stateCodec().shape())
        .isEqualTo(JacksonStateCodec.of(StateType.of(Seen.class)).shape());
    assertThat(first.calls()).isEqualTo(new FunctionOperator<>(NOTHING));
    assertThat(first.timeout()).isEqualTo(GroupStateTimeout.NONE);
    assertThat(first.hasWatermark()).isFalse();
    assertThat(first.rowCodec().read(first.rowCodec().write("row"))).isEqualTo("row");
  }

  @Test
  void events_areWrittenAndRead() {
    PreparedQuery query = prepare(group(Optional.empty()));
    StoredValue written = query.eventCodec().write(new Seen(3));

    assertThat(query.eventCodec().read(written)).isEqualTo(new Seen(3));
  }

  @Test
  void queryWithoutOperators_hasItsNamesOnly() {
    PreparedQuery query = prepare();

    assertThat(query.name()).isEqualTo("query");
    assertThat(query.sinkDescription()).isEqualTo("Nowhere");
    assertThat(query.operators()).isEmpty();
  }

  @Test
  void keyClassThatCannotBeAKey_isRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> prepare(group(Optional.of(Object.class))));
  }

  private static PreparedQuery prepare(Stage... stages) {
    Upstream upstream = new Upstream.Input(HandoffSource.create(1));
    for (Stage stage : stages) {
      upstream = new Upstream.Step(upstream, stage);
    }
    return QueryCodecs.prepare(
        QueryPlan.of("query", upstream, new Nowhere()), QueryCodecsTest.class.getClassLoader());
  }

  private static Stage group(Optional<Type> keyType) {
    return new Stage.Group(
        event -> event,
        keyType,
        new StatefulOperator(
            "kind", OutputMode.APPEND, GroupStateTimeout.NONE, StateType.of(Seen.class)),
        new GroupCode.Function(NOTHING));
  }

  private static final class Nowhere implements RowSink<Object> {
    @Override
    public String description() {
      return "Nowhere";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) {
      throw new UnsupportedOperationException();
    }
  }
}
