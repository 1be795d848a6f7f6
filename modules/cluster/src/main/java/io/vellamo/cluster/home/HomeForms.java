package io.vellamo.cluster.home;

import io.vellamo.cluster.message.ActorRefs;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.message.QueryNewsForm;
import io.vellamo.persistence.message.QueryRequestForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The forms of the messages between handles and homes. */
public final class HomeForms {
  private HomeForms() {}

  /** Returns all forms. */
  public static List<MessageForm<?>> all() {
    return List.of(
        new MessageForm<>(
            "home-register-1",
            HomeCommand.Register.class,
            HomeForms::writeRegister,
            HomeForms::readRegister),
        new MessageForm<>(
            "home-ask-1",
            HomeCommand.Ask.class,
            (ask, out, refs) -> {
              out.writeUuid(ask.handle());
              out.writeUnsigned(ask.lowest());
              out.writeBytes(QueryRequestForm.write(ask.request()));
            },
            (in, refs) ->
                new HomeCommand.Ask(
                    in.readUuid(), in.readUnsigned(), QueryRequestForm.read(in.readBytes()))),
        new MessageForm<>(
            "home-stop-1",
            HomeCommand.StopRun.class,
            (stop, out, refs) -> {
              out.writeUuid(stop.handle());
              out.writeUnsigned(stop.timeout().toMillis());
            },
            (in, refs) ->
                new HomeCommand.StopRun(in.readUuid(), Duration.ofMillis(in.readUnsigned()))),
        new MessageForm<>(
            "home-heard-end-1",
            HomeCommand.HeardEnd.class,
            (heard, out, refs) -> out.writeUuid(heard.handle()),
            (in, refs) -> new HomeCommand.HeardEnd(in.readUuid())),
        new MessageForm<>(
            "handle-registered-1",
            HandleCommand.Registered.class,
            HomeForms::writeRegistered,
            HomeForms::readRegistered),
        new MessageForm<>(
            "handle-refused-1",
            HandleCommand.Refused.class,
            (refused, out, refs) -> out.writeText(refused.message()),
            (in, refs) -> new HandleCommand.Refused(in.readText())),
        new MessageForm<>(
            "handle-told-1",
            HandleCommand.Told.class,
            (told, out, refs) -> {
              out.writeUuid(told.home());
              writeNews(told.news(), out);
            },
            (in, refs) -> new HandleCommand.Told(in.readUuid(), readNews(in))),
        new MessageForm<>(
            "handle-answered-1",
            HandleCommand.Answered.class,
            HomeForms::writeAnswered,
            HomeForms::readAnswered),
        new MessageForm<>(
            "handle-run-ended-1",
            HandleCommand.RunEnded.class,
            HomeForms::writeRunEnded,
            HomeForms::readRunEnded));
  }

  private static void writeRegister(
      HomeCommand.Register register, BinaryOutput out, ActorRefs refs) {
    out.writeUuid(register.handle());
    writeOptional(register.run(), BinaryOutput::writeUuid, out);
    out.writeUnsigned(register.attempt());
    out.writeText(register.node());
    writeList(register.definition().lines(), BinaryOutput::writeText, out);
    refs.write(register.replyTo(), out);
  }

  private static HomeCommand.Register readRegister(BinaryInput in, ActorRefs refs) {
    return new HomeCommand.Register(
        in.readUuid(),
        readOptional(BinaryInput::readUuid, in),
        in.readUnsigned(),
        in.readText(),
        new Fingerprint(readList(BinaryInput::readText, in)),
        refs.read(in));
  }

  private static void writeRegistered(
      HandleCommand.Registered answer, BinaryOutput out, ActorRefs refs) {
    out.writeUnsigned(answer.attempt());
    out.writeUuid(answer.home());
    out.writeUuid(answer.run());
    refs.write(answer.homeRef(), out);
    writeList(answer.news(), (to, news) -> writeNews(news, to), out);
  }

  private static HandleCommand.Registered readRegistered(BinaryInput in, ActorRefs refs) {
    long attempt = in.readUnsigned();
    UUID home = in.readUuid();
    UUID run = in.readUuid();
    return new HandleCommand.Registered(
        attempt, home, run, refs.read(in), readList(HomeForms::readNews, in));
  }

  private static void writeAnswered(
      HandleCommand.Answered answer, BinaryOutput out, ActorRefs refs) {
    out.writeUnsigned(answer.id());
    out.writeUnsigned(answer.part());
    out.writeByte(answer.isLast() ? 1 : 0);
    out.writeBytes(answer.bytes());
  }

  private static HandleCommand.Answered readAnswered(BinaryInput in, ActorRefs refs) {
    return new HandleCommand.Answered(
        in.readUnsigned(), Math.toIntExact(in.readUnsigned()), in.readByte() != 0, in.readBytes());
  }

  private static void writeRunEnded(
      HandleCommand.RunEnded ended, BinaryOutput out, ActorRefs refs) {
    RunOutcome outcome = ended.outcome();
    writeOptional(outcome.failure(), BinaryOutput::writeText, out);
    out.writeUnsigned(outcome.epoch());
    out.writeText(outcome.blockers());
    refs.write(ended.replyTo(), out);
  }

  private static HandleCommand.RunEnded readRunEnded(BinaryInput in, ActorRefs refs) {
    RunOutcome outcome =
        new RunOutcome(readOptional(BinaryInput::readText, in), in.readUnsigned(), in.readText());
    return new HandleCommand.RunEnded(outcome, refs.read(in));
  }

  private static void writeNews(QueryNews news, BinaryOutput out) {
    out.writeBytes(QueryNewsForm.write(news));
  }

  private static QueryNews readNews(BinaryInput in) {
    return QueryNewsForm.read(in.readBytes());
  }

  private static <T> void writeOptional(
      @Nullable T value, ValueWriter<T> writer, BinaryOutput out) {
    out.writeByte(value == null ? 0 : 1);
    if (value != null) {
      writer.write(out, value);
    }
  }

  private static <T> @Nullable T readOptional(Function<BinaryInput, T> reader, BinaryInput in) {
    return in.readByte() == 0 ? null : reader.apply(in);
  }

  private static <T> void writeList(List<T> values, ValueWriter<T> writer, BinaryOutput out) {
    out.writeUnsigned(values.size());
    values.forEach(value -> writer.write(out, value));
  }

  private static <T> List<T> readList(Function<BinaryInput, T> reader, BinaryInput in) {
    int count = in.readCount();
    List<T> values = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      values.add(reader.apply(in));
    }
    return values;
  }

  /** Writes a value. */
  @FunctionalInterface
  private interface ValueWriter<T> {
    void write(BinaryOutput out, T value);
  }
}
