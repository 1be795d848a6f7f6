package io.vellamo.persistence.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferForm;
import io.vellamo.api.internal.CompositeForm;
import io.vellamo.api.internal.SlicesForm;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.TypeCheck.Use;
import io.vellamo.persistence.codec.record.RecordForm;
import java.io.IOException;

/**
 * A codec that writes states as CBOR preceded by their version, and reads states of older versions
 * through the migrations of their type.
 *
 * @param <S> the state
 */
public final class JacksonStateCodec<S> implements StateCodec<S> {
  private static final String ROLE = "state";

  private final StateType<S> type;
  private final ReusedWriter writer;
  private final byte[] front;
  private final ObjectReader reader;
  private final StateMigrations migrations;
  private final String shape;
  private final boolean immutable;
  private final KnownClasses known;
  private final RecordLayouts layouts;

  private JacksonStateCodec(
      ObjectMapper mapper, StateType<S> type, KnownClasses known, RecordLayouts layouts) {
    this.type = type;
    this.known = known;
    this.layouts = layouts;
    this.writer = new ReusedWriter(mapper.writerFor(mapper.constructType(type.type())));
    this.front = VersionTag.prepend(type.version(), new byte[0]);
    this.reader = mapper.readerFor(mapper.constructType(type.type()));
    this.migrations = new StateMigrations(JacksonMappers.checking(), type);
    this.shape =
        type.oldestVersion() + "-" + type.version() + "-" + JacksonShape.of(mapper, type.type());
    this.immutable = ImmutableTypes.isImmutable(type.type());
  }

  /**
   * Returns the codec of a class without migrations.
   *
   * @throws SerializationException if Jackson can't write or read the class, or would lose a part
   *     of it
   */
  public static <S> JacksonStateCodec<S> of(Class<S> stateClass) {
    return of(StateType.of(stateClass));
  }

  /**
   * Returns the codec of a type.
   *
   * @throws SerializationException if Jackson can't write or read its class, or would lose a part
   *     of it
   */
  public static <S> JacksonStateCodec<S> of(StateType<S> type) {
    return byName(type, new RecordLayouts());
  }

  /**
   * Returns the codec of a type, in record form if its class has one.
   *
   * @param layouts the layouts of the query's values, which receive that of the class
   * @throws SerializationException if Jackson can't write or read its class, or would lose a part
   *     of it
   */
  public static <S> StateCodec<S> of(StateType<S> type, RecordLayouts layouts) {
    StateSerializer<S> own = type.serializer().orElse(null);
    if (own instanceof CompositeForm parts) {
      return CompositeCodec.of(type, parts, layouts);
    }
    if (own instanceof SlicesForm slices) {
      return SlicesCodec.of(type, slices, layouts);
    }
    if (own instanceof BufferForm<S> form) {
      return new BufferCodec<>(type, form, layouts);
    }
    if (own != null) {
      return new OwnStateCodec<>(type, own, layouts);
    }
    JacksonStateCodec<S> byName = byName(type, layouts);
    RecordForm form = RecordForms.ofValues(type.type());
    if (form == null) {
      return byName;
    }
    layouts.use(form);
    return new RecordStateCodec<>(type, form, byName);
  }

  private static <S> JacksonStateCodec<S> byName(StateType<S> type, RecordLayouts layouts) {
    ClassChecks checks = new ClassChecks(ROLE, Use.VALUE);
    checks.requireDeclared(type.type(), type.stateClass());
    return new JacksonStateCodec<>(JacksonMappers.values(checks), type, checks.known(), layouts);
  }

  @Override
  public byte[] write(S state) {
    if (known.isForeign(type.stateClass(), state.getClass())) {
      throw WriteFailures.ofSubclass(type.stateClass(), state.getClass(), ROLE);
    }
    try {
      return writer.write(front, state);
    } catch (IOException e) {
      throw WriteFailures.of(type.stateClass(), ROLE, e);
    }
  }

  @Override
  public S read(byte[] written) {
    if (OwnStateCodec.isOwn(written)) {
      throw new SerializationException(
          type.stateClass().getName(),
          "state class [%s] can't be read: the state was written by a codec of the query's; give StateType the codec again"
              .formatted(type.stateClass().getName()),
          null);
    }
    int version = VersionTag.versionOf(written);
    byte[] bytes =
        layouts.byName(written, VersionTag.length(version), type.stateClass().getName(), ROLE);
    if (version != type.version()) {
      return bind(migrations.migrate(bytes, version), 0, version);
    }
    return bind(bytes, VersionTag.length(version), version);
  }

  private S bind(byte[] bytes, int start, int version) {
    try {
      return requireNonNull(reader.<S>readValue(bytes, start, bytes.length - start), "state");
    } catch (IOException | RuntimeException e) {
      String why =
          version == type.version()
              ? "; let the class read it, or register a migration from version [%d]"
                  .formatted(version)
              : " and migrated to [%d]; mend the migrations, or the class"
                  .formatted(type.version());
      throw JacksonSupport.unreadable(
          type.stateClass().getName(),
          ROLE,
          ": the state was written by version [%d]%s".formatted(version, why),
          e);
    }
  }

  @Override
  public boolean isImmutable() {
    return immutable;
  }

  @Override
  public String shape() {
    return shape;
  }

  @Override
  public RecordLayouts layouts() {
    return layouts;
  }
}
