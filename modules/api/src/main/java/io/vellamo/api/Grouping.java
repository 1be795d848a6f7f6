package io.vellamo.api;

import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Function;

/**
 * A stream and the key by which its events are grouped.
 *
 * @param isGlobal whether all events are in one group, which is there even without events
 */
record Grouping(
    Pipeline pipeline, Function<Object, ?> key, Optional<Type> keyType, boolean isGlobal) {
  Grouping(Pipeline pipeline, Function<Object, ?> key, Optional<Type> keyType) {
    this(pipeline, key, keyType, false);
  }

  /** Returns the grouping of all events of a stream in one group, whose key is null. */
  static Grouping all(Pipeline pipeline) {
    return new Grouping(pipeline, EventStream.untyped(event -> null), Optional.empty(), true);
  }

  /** Returns the stream of an operator's rows. */
  <R> EventStream<R> then(StatefulOperator operator, GroupCode calls) {
    return new EventStream<>(pipeline.with(new Stage.Group(key, keyType, operator, calls)));
  }
}
