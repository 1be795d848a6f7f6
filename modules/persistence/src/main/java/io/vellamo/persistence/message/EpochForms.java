package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.aggregate.PreAggregation;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.EpochOutput.InPages;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.persistence.codec.QueryCodecs;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The binary forms of the events and rows of a query's epochs, with the query's codecs: what a
 * shard on another node gets is what it would get on this one, in the same order.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Everything throws {@link SerializationException}: when an event, key or row
 * can't be written, or when bytes are damaged, or in a form that is not known.
 *
 * <p><b>Cost</b> Serializes or deserializes each event and row once.
 */
public final class EpochForms {
  private static final String INPUT = "input of a shard";
  private static final String OUTPUT = "output of a shard";
  private static final String PART = "part of an epoch";
  private static final int FORM = 1;

  /** The codecs of an operator. */
  private record Codecs(KeyCodec keys, EventValues events, ValueCodec rows) {}

  private final List<Codecs> operators;
  private final ValueCodec eventCodec;

  private EpochForms(List<Codecs> operators, ValueCodec eventCodec) {
    this.operators = operators;
    this.eventCodec = eventCodec;
  }

  /** Returns the forms of a query's epochs. */
  public static EpochForms of(PreparedQuery query) {
    List<Codecs> operators = new ArrayList<>();
    for (int place = 0; place < query.operators().size(); place++) {
      PreAggregation reduction = query.compiled().operators().get(place).preAggregation();
      EventValues events =
          new EventValues(
              query.eventCodec(), reduction == null ? null : QueryCodecs.buffers(reduction));
      operators.add(
          new Codecs(
              query.operators().get(place).keyCodec(),
              events,
              query.operators().get(place).rowCodec()));
    }
    return new EpochForms(List.copyOf(operators), query.eventCodec());
  }

  /**
   * Returns the bytes of what a shard gets for an epoch.
   *
   * @param operator the index of the shard's operator in the query
   */
  public byte[] writeInput(int operator, EpochInput input) {
    return FormBytes.write(
        input,
        (all, out) -> {
          out.writeByte(FORM);
          new ShardEventsOutput(operators.get(operator).events, out).write(all.events());
          Optional<InitialGroups> initial =
              Optional.of(all.initial()).filter(groups -> !groups.isEmpty());
          ListFormat.write(initial, InitialGroupsFormat::write, out);
        });
  }

  /**
   * Returns what a shard gets for an epoch.
   *
   * @param operator the index of the shard's operator in the query
   */
  public EpochInput readInput(int operator, byte[] bytes) {
    return FormBytes.read(
        INPUT,
        bytes,
        in -> {
          requireForm(INPUT, in);
          Codecs codecs = operators.get(operator);
          ShardEvents events = new ShardEventsInput(codecs.keys, codecs.events, in).read();
          return new EpochInput(
              events,
              ListFormat.readOptional(InitialGroupsFormat::read, in).orElse(InitialGroups.NONE));
        });
  }

  /**
   * Returns the bytes of the output of a shard for an epoch, or of a page of it.
   *
   * @param operator the index of the shard's operator in the query
   */
  public byte[] writeOutput(int operator, EpochOutput output) {
    return FormBytes.write(
        output,
        (all, out) -> {
          out.writeByte(FORM);
          RowsFormat.write(all.rows(), operators.get(operator).rows, out);
          new EventsFormat(eventCodec).writeDeadLetters(all.deadLetters(), out);
          ListFormat.write(Optional.ofNullable(all.inPages()), EpochForms::write, out);
        });
  }

  /**
   * Returns the output of a shard for an epoch, or a page of it.
   *
   * @param operator the index of the shard's operator in the query
   */
  public EpochOutput readOutput(int operator, byte[] bytes) {
    return FormBytes.read(
        OUTPUT,
        bytes,
        in -> {
          requireForm(OUTPUT, in);
          return new EpochOutput(
              RowsFormat.read(operators.get(operator).rows, in),
              new EventsFormat(eventCodec).readDeadLetters(in),
              ListFormat.readOptional(EpochForms::readPages, in).orElse(null));
        });
  }

  /** Returns the bytes of what a reader reports of an epoch. */
  public byte[] writePart(RoutedPart part) {
    return FormBytes.write(
        part,
        (all, out) -> {
          out.writeByte(FORM);
          RoutedPartFormat.write(all, eventCodec, out);
        });
  }

  /**
   * Returns what a reader reports of an epoch.
   *
   * @param plan the epoch
   */
  public RoutedPart readPart(EpochPlan plan, byte[] bytes) {
    return FormBytes.read(
        PART,
        bytes,
        in -> {
          requireForm(PART, in);
          return RoutedPartFormat.read(plan, eventCodec, in);
        });
  }

  private static void requireForm(String what, BinaryInput in) {
    int form = in.readByte();
    if (form != FORM) {
      throw FormBytes.unknown(what, form);
    }
  }

  private static void write(InPages pages, BinaryOutput out) {
    out.writeUnsigned(pages.pages());
    out.writeUnsigned(pages.changes());
  }

  private static InPages readPages(BinaryInput in) {
    return new InPages(ShardValues.readInt(in), in.readUnsigned());
  }
}
