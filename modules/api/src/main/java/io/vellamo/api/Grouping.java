package io.vellamo.api;

import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stream and the key by which its events are grouped.
 *
 * @param isGlobal whether all events are in one group, which is there even without events
 */
record Grouping<K extends @Nullable Object>(
    Pipeline pipeline, Function<Object, ?> key, Optional<Type> keyType, boolean isGlobal) {
  Grouping(Pipeline pipeline, Function<Object, ?> key, Optional<Type> keyType) {
    this(pipeline, key, keyType, false);
  }

  /** Returns the grouping of all events of a stream in one group, whose key is null. */
  static Grouping<@Nullable Void> all(Pipeline pipeline) {
    return new Grouping<>(pipeline, event -> null, Optional.empty(), true);
  }

  /** Returns the stream of an operator's rows. */
  <R> EventStream<R> then(StatefulOperator operator, GroupCode calls) {
    return new EventStream<>(pipeline.with(new Stage.Group(key, keyType, operator, calls)));
  }
}
