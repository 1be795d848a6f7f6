package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The binary form of the parked groups of a query, whose keys are those of its operators.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class ParkedGroupsForm {
  private static final String WHAT = "list of parked groups";
  private static final int FORM = 1;

  private final Map<String, KeyCodec> keyCodecs;

  private ParkedGroupsForm(Map<String, KeyCodec> keyCodecs) {
    this.keyCodecs = keyCodecs;
  }

  /** Returns the form of the parked groups of a query. */
  public static ParkedGroupsForm of(PreparedQuery query) {
    Map<String, KeyCodec> byOperator = new HashMap<>();
    for (int place = 0; place < query.operators().size(); place++) {
      byOperator.put(query.operatorNames().get(place), query.operators().get(place).keyCodec());
    }
    return new ParkedGroupsForm(byOperator);
  }

  /**
   * Returns the bytes of some groups.
   *
   * @throws SerializationException if a key can't be written
   */
  public byte[] write(List<ParkedGroup> groups) {
    return FormBytes.write(
        groups,
        (all, out) -> {
          out.writeByte(FORM);
          write(all, out);
        });
  }

  /**
   * Returns the groups of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public List<ParkedGroup> read(byte[] bytes) {
    return FormBytes.read(
        WHAT,
        bytes,
        in -> {
          int form = in.readByte();
          if (form != FORM) {
            throw FormBytes.unknown(WHAT, form);
          }
          return read(in);
        });
  }

  void write(List<ParkedGroup> groups, BinaryOutput out) {
    ListFormat.write(groups, this::write, out);
  }

  List<ParkedGroup> read(BinaryInput in) {
    return ListFormat.read(this::readGroup, in);
  }

  void write(ParkedGroup group, BinaryOutput out) {
    out.writeText(group.operator());
    out.writeBytes(keyCodec(group.operator()).write(group.key()).bytes());
    out.writeUnsigned(group.sinceEpoch());
    out.writeShownText(group.error());
    ListFormat.write(group.message(), ListFormat::writeShown, out);
    out.writeUnsigned(group.events());
  }

  ParkedGroup readGroup(BinaryInput in) {
    String operator = in.readText();
    return new ParkedGroup(
        operator,
        keyCodec(operator).read(GroupKey.of(in.readBytes())),
        in.readUnsigned(),
        in.readText(),
        ListFormat.readOptional(BinaryInput::readText, in),
        in.readUnsigned());
  }

  private KeyCodec keyCodec(String operator) {
    KeyCodec codec = keyCodecs.get(operator);
    if (codec == null) {
      throw new SerializationException(
          WHAT,
          "operator of a parked group must be one of the query's, %s, was [%s]; run the same query on all nodes"
              .formatted(keyCodecs.keySet().stream().sorted().toList(), operator),
          null);
    }
    return codec;
  }
}
