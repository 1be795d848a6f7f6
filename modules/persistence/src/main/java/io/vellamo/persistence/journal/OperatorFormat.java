package io.vellamo.persistence.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.variable.CreatedVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The layout of a query's first start: its shards, its operators and their variables. */
public final class OperatorFormat {
  /** Indices in this list are written to the journal: append new timeouts, never move one. */
  private static final List<GroupStateTimeout> TIMEOUTS =
      List.of(
          GroupStateTimeout.NONE, GroupStateTimeout.PROCESSING_TIME, GroupStateTimeout.EVENT_TIME);

  /** Indices in this list are written to the journal: append new policies, never move one. */
  private static final List<WatermarkPolicy> POLICIES =
      List.of(WatermarkPolicy.MIN, WatermarkPolicy.MAX);

  private OperatorFormat() {}

  /** Writes what a query was created with. */
  public static void writeCreated(QueryCreated created, BinaryOutput out) {
    out.writeUuid(created.id());
    out.writeUnsigned(created.shards());
    writeOperators(created.operators(), out);
    out.writeUnsigned(created.inputs());
    out.writeByte(POLICIES.indexOf(created.policy()));
  }

  static void writeOperators(List<CreatedOperator> operators, BinaryOutput out) {
    out.writeUnsigned(operators.size());
    for (CreatedOperator operator : operators) {
      out.writeText(operator.name());
      out.writeByte(TIMEOUTS.indexOf(operator.timeout()));
      out.writeByte(operator.hasVariables() ? 1 : 0);
      writeVariables(operator.variables(), out);
    }
  }

  static List<CreatedOperator> readOperators(BinaryInput in) {
    int size = in.readCount();
    List<CreatedOperator> operators = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      operators.add(
          new CreatedOperator(
              in.readText(), TIMEOUTS.get(in.readByte()), in.readByte() != 0, readVariables(in)));
    }
    return operators;
  }

  static void writeVariables(List<CreatedVariable> variables, BinaryOutput out) {
    out.writeUnsigned(variables.size());
    for (CreatedVariable variable : variables) {
      out.writeText(variable.name());
      out.writeByte(VariableFormat.typeCode(variable.type()));
      out.writeByte(variable.isDropped() ? 1 : 0);
    }
  }

  static List<CreatedVariable> readVariables(BinaryInput in) {
    int size = in.readCount();
    List<CreatedVariable> variables = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      variables.add(
          new CreatedVariable(
              in.readText(), VariableFormat.type(in.readByte()), in.readByte() != 0));
    }
    return variables;
  }

  /** Reads what a query was created with. */
  public static QueryCreated readCreated(BinaryInput in) {
    UUID id = in.readUuid();
    int shards = (int) in.readUnsigned();
    List<CreatedOperator> operators = readOperators(in);
    int inputs = (int) in.readUnsigned();
    return new QueryCreated(id, shards, operators, inputs, POLICIES.get(in.readByte()));
  }
}
