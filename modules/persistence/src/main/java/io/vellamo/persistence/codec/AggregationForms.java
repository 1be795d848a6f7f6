package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vellamo.api.internal.BufferReader;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JSON forms of the states of aggregations: the buffers of each slice by the slice's start, or
 * those of a session or group, each with its parts by name. A buffer of another module, and all
 * buffers after it, are not shown: only their own form tells where they end.
 *
 * <p>Buffers have the names of their aggregates, if these are known and as many; otherwise they are
 * a list.
 *
 * @param states shows the buffers of users' aggregators
 * @param names the names of the buffers; empty if they are not known
 */
record AggregationForms(Function<byte[], @Nullable JsonNode> states, List<String> names) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String COUNT = "count";
  private static final int SESSION_END = 10;
  private static final String END = "end";

  /** Copies the names. */
  AggregationForms {
    names = List.copyOf(names);
  }

  /** Returns whether a state is that of an aggregation. */
  static boolean isAggregation(byte[] state) {
    return state.length > 0 && (state[0] == CompositeCodec.MARK || state[0] == SlicesCodec.MARK);
  }

  /** Returns whether a state is the buffers of a slice, of a session or of a group. */
  static boolean isBuffers(byte[] state) {
    return state.length > 0 && state[0] == CompositeCodec.MARK;
  }

  /** Returns a state of an aggregation. */
  JsonNode of(byte[] state) {
    BufferReader in = new BufferReader(state);
    try {
      return (byte) in.readByte() == SlicesCodec.MARK ? slices(in) : buffers(in);
    } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException e) {
      return NODES.binaryNode(state);
    }
  }

  private JsonNode slices(BufferReader in) {
    ObjectNode slices = NODES.objectNode();
    long slice = in.readCount();
    long start = in.readCount();
    long parts = in.readCount();
    boolean isReadable = true;
    while (isReadable && in.remaining() > 0) {
      start += in.readLong() * slice;
      List<JsonNode> buffers = new ArrayList<>();
      while (isReadable && buffers.size() < parts) {
        isReadable = add(in.readByte(), in, buffers);
      }
      slices.set(Instant.ofEpochMilli(start).toString(), named(buffers, isReadable, false));
    }
    return slices;
  }

  private JsonNode buffers(BufferReader in) {
    List<JsonNode> buffers = new ArrayList<>();
    boolean isReadable = true;
    boolean isSession = false;
    while (isReadable && in.remaining() > 0) {
      int layout = in.readByte();
      isSession |= layout == SESSION_END;
      isReadable = add(layout, in, buffers);
    }
    return named(buffers, isReadable, isSession);
  }

  /** Adds the next buffer; returns false if no more can be read. */
  private boolean add(int layout, BufferReader in, List<JsonNode> buffers) {
    JsonNode buffer = buffer(layout, in);
    buffers.add(
        buffer == null ? NODES.textNode("[%d bytes]".formatted(1 + in.remaining())) : buffer);
    return buffer != null;
  }

  /**
   * Returns buffers by name.
   *
   * @param areAll whether the last one does not stand for others too
   * @param isSession whether the first one is the end of a session
   */
  private JsonNode named(List<JsonNode> buffers, boolean areAll, boolean isSession) {
    int first = isSession ? 1 : 0;
    int count = buffers.size() - first;
    boolean areKnown = areAll ? count == names.size() : count <= names.size();
    if (names.isEmpty() || !areKnown || (isSession && names.contains(END))) {
      return NODES.arrayNode().addAll(buffers);
    }
    ObjectNode named = NODES.objectNode();
    if (isSession) {
      named.set(END, buffers.get(0).get(END));
    }
    for (int place = 0; place < count; place++) {
      named.set(names.get(place), buffers.get(first + place));
    }
    return named;
  }

  /** Returns a buffer; null if its layout is unknown. */
  private @Nullable JsonNode buffer(int layout, BufferReader in) {
    return switch (layout) {
      case CompositeCodec.WITH_LENGTH ->
          states.apply(in.readBytes(Math.toIntExact(in.readCount())));
      case 1 -> counted(in);
      case 2 -> counted(in).put("sum", sum(in.readLong(), in.readLong()));
      case 3 -> counted(in).put("sum", in.readDouble() + in.readDouble());
      case 4 -> doubles(counted(in), in, "mean", "m2");
      case 5 -> doubles(counted(in), in, "mean", "m2", "m3", "m4");
      case 6 -> doubles(counted(in), in, "meanX", "meanY", "m2X", "m2Y", "comoment");
      case 7 -> value(in, from -> NODES.numberNode(from.readDouble()));
      case 8 -> value(in, from -> NODES.numberNode(from.readLong()));
      case 9 -> histogram(in);
      case SESSION_END ->
          NODES.objectNode().put(END, Instant.ofEpochMilli(in.readLong()).toString());
      default -> null;
    };
  }

  private static ObjectNode counted(BufferReader in) {
    return NODES.objectNode().put(COUNT, in.readCount());
  }

  /** Returns a sum of longs, of which the lower bits are stored as a long. */
  private static BigInteger sum(long above, long low) {
    return BigInteger.valueOf(above).shiftLeft(Long.SIZE).add(BigInteger.valueOf(low));
  }

  private static ObjectNode doubles(ObjectNode buffer, BufferReader in, String... names) {
    for (String name : names) {
      buffer.put(name, in.readDouble());
    }
    return buffer;
  }

  private static ObjectNode value(BufferReader in, Function<BufferReader, JsonNode> read) {
    int kind = in.readByte();
    ObjectNode buffer = NODES.objectNode();
    return kind == 0 ? buffer : buffer.set("value", kind == 1 ? NODES.nullNode() : read.apply(in));
  }

  private static ObjectNode histogram(BufferReader in) {
    in.readLong();
    ArrayNode buckets = NODES.arrayNode();
    for (long count = in.readCount(); count > 0; count--) {
      buckets.add(in.readCount());
    }
    return NODES.objectNode().set("buckets", buckets);
  }
}
