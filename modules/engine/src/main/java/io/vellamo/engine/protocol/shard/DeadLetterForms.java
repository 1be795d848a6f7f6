package io.vellamo.engine.protocol.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.shard.EventOrigin;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ShardDeadLetters;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of a shard's dead letters for the sink. It is deterministic, as an epoch may be
 * written again.
 */
final class DeadLetterForms {
  private final ShardSpec spec;

  DeadLetterForms(ShardSpec spec) {
    this.spec = spec;
  }

  List<DeadLetter> of(ShardDeadLetters letters) {
    return letters.letters().stream().map(letter -> of(letter, letters.epoch())).toList();
  }

  private DeadLetter of(GroupDeadLetter letter, long epoch) {
    EventOrigin origin = letter.origin();
    return new DeadLetter(
        position(origin),
        origin == null ? epoch : origin.epoch(),
        what(letter.error()) + when(origin),
        Optional.of(spec.keyText().apply(letter.key())),
        Optional.of(Failures.classOf(letter.error())),
        Optional.ofNullable(letter.message()),
        event(letter.event()),
        Optional.empty());
  }

  private static Optional<Position> position(@Nullable EventOrigin origin) {
    return Optional.ofNullable(origin)
        .flatMap(
            known ->
                Optional.ofNullable(known.partition())
                    .map(partition -> new Position(partition, known.offset())));
  }

  private static String what(String error) {
    return Failures.classOf(error).equals(SerializationException.class.getName())
        ? "an event, state or row can't be written"
        : "the function threw " + Failures.bracketed(error);
  }

  private static String when(@Nullable EventOrigin origin) {
    if (origin == null) {
      return " in a call without events";
    }
    return origin.isSource() ? "" : " for a row of another operator";
  }

  /**
   * Returns the event, or nothing if it can't be read: the position is enough, and a class that is
   * gone must not fail the epoch.
   */
  private Optional<Object> event(@Nullable StoredValue event) {
    if (event == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(spec.eventCodec().read(event));
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }
}
