package io.vellamo.connectors.aggregate;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Aggregates that tests write themselves, as users do. */
final class Numbers {
  private Numbers() {}

  /** Returns the sum of numbers. */
  static <T> Aggregate<T, Long> sum(Function<T, Long> number) {
    return Aggregate.of("sum", new Sum<>(number));
  }

  /** Returns all values in their order, in a mutable buffer. */
  static <T> Aggregate<T, List<String>> list(Function<T, String> text) {
    return Aggregate.of("list", new Texts<>(text, 'z'));
  }

  /** Returns all values in their order; an event whose text contains the character throws. */
  static <T> Aggregate<T, List<String>> listRefusing(Function<T, String> text, char refused) {
    return Aggregate.of("list", new Texts<>(text, refused));
  }

  /** Returns a value chosen among all, such as the last. */
  static <T> Aggregate<T, @Nullable Long> chosen(
      Function<T, Long> number, BinaryOperator<Long> choice) {
    return Aggregate.of("chosen", new Chosen<>(number, choice));
  }

  private record Sum<T>(Function<T, Long> number) implements Aggregator<T, Long, Long> {
    @Override
    public Long zero() {
      return 0L;
    }

    @Override
    public Long reduce(Long buffer, T event) {
      return buffer + number.apply(event);
    }

    @Override
    public Long merge(Long left, Long right) {
      return left + right;
    }

    @Override
    public Long finish(Long buffer) {
      return buffer;
    }

    @Override
    public StateType<Long> bufferType() {
      return StateType.of(Long.class);
    }
  }

  /** A mutable buffer. */
  static final class Buffer {
    public List<String> texts = new ArrayList<>();
  }

  private record Texts<T>(Function<T, String> text, char refused)
      implements Aggregator<T, Buffer, List<String>> {
    @Override
    public Buffer zero() {
      return new Buffer();
    }

    @Override
    public Buffer reduce(Buffer buffer, T event) {
      String added = text.apply(event);
      buffer.texts.add(added);
      if (added.indexOf(refused) >= 0) {
        throw new IllegalStateException(added + " is refused");
      }
      return buffer;
    }

    @Override
    public Buffer merge(Buffer left, Buffer right) {
      left.texts.addAll(right.texts);
      return left;
    }

    @Override
    public List<String> finish(Buffer buffer) {
      return List.copyOf(buffer.texts);
    }

    @Override
    public StateType<Buffer> bufferType() {
      return StateType.of(Buffer.class);
    }

    @Override
    public boolean isOrderSensitive() {
      return true;
    }
  }

  /** The chosen value; null before the first. */
  record Choice(@Nullable Long value) {}

  private record Chosen<T>(Function<T, Long> number, BinaryOperator<Long> choice)
      implements Aggregator<T, Choice, @Nullable Long> {
    @Override
    public Choice zero() {
      return new Choice(null);
    }

    @Override
    public Choice reduce(Choice buffer, T event) {
      return merge(buffer, new Choice(number.apply(event)));
    }

    @Override
    public Choice merge(Choice left, Choice right) {
      if (left.value() == null || right.value() == null) {
        return left.value() == null ? right : left;
      }
      return new Choice(choice.apply(left.value(), right.value()));
    }

    @Override
    public @Nullable Long finish(Choice buffer) {
      return buffer.value();
    }

    @Override
    public StateType<Choice> bufferType() {
      return StateType.of(Choice.class);
    }
  }
}
