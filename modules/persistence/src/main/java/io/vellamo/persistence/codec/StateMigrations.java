package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.FunctionFailures;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of a state's type, which turn states of older versions into the bytes that the
 * current version would have written.
 */
final class StateMigrations {
  private final StateType<?> type;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  StateMigrations(ObjectMapper mapper, StateType<?> type) {
    this.type = type;
    this.reader = mapper.readerFor(Object.class);
    this.writer = mapper.writer();
  }

  /**
   * Returns a state of an older version as the current version writes it, without the version tag.
   *
   * @throws SerializationException if there is no migration from the version, or one fails
   */
  byte[] migrate(byte[] bytes, int version) {
    if (version > type.version()) {
      throw failure(
          version,
          ", which is newer than this program's version [%d]; start the program that wrote it, or a newer one"
              .formatted(type.version()),
          null);
    }
    if (version < type.oldestVersion()) {
      throw failure(
          version,
          ", which is older than [%d], the oldest that there is a migration from; register the migration from version [%d] again"
              .formatted(type.oldestVersion(), version),
          null);
    }
    Object tree = tree(bytes, version);
    for (StateType.Step<?> step :
        type.steps().subList(version - type.oldestVersion(), type.steps().size())) {
      tree = next(step, tree, version);
    }
    try {
      return writer.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw failure(
          version,
          " and what it was migrated to can't be written%s; let the migrations return plain values"
              .formatted(JacksonSupport.where(e)),
          e);
    }
  }

  private @Nullable Object tree(byte[] bytes, int version) {
    int start = VersionTag.length(version);
    try {
      return reader.readValue(bytes, start, bytes.length - start);
    } catch (IOException e) {
      throw failure(version, " and is damaged; restore the journal", e);
    }
  }

  private Object next(StateType.Step<?> step, @Nullable Object tree, int version) {
    if (tree == null || !step.form().isInstance(tree)) {
      throw failure(
          version,
          ", and the migration from version [%d] takes [%s], not [%s]; register it with the form that version [%d] wrote"
              .formatted(
                  step.from(),
                  step.form().getName(),
                  tree == null ? "null" : tree.getClass().getName(),
                  step.from()),
          null);
    }
    Object next;
    try {
      next = step.migrate(tree);
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      throw broken(step, version, "threw [%s]".formatted(e.getClass().getName()), e);
    }
    if (next == null) {
      throw broken(step, version, "returned null", null);
    }
    return next;
  }

  private SerializationException broken(
      StateType.Step<?> step, int version, String what, @Nullable Throwable cause) {
    return failure(
        version,
        ", and the migration from version [%d] to [%d] %s; mend it, the stored state is unchanged"
            .formatted(step.from(), step.from() + 1, what),
        cause);
  }

  private SerializationException failure(int version, String why, @Nullable Throwable cause) {
    String className = type.stateClass().getName();
    return new SerializationException(
        className,
        "state class [%s] can't be read: the state was written by version [%d]%s"
            .formatted(className, version, why),
        cause == null ? null : JacksonSupport.withoutPayload(cause));
  }
}
