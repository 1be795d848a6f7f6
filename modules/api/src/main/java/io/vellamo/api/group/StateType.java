package io.vellamo.api.group;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.TypeRef;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The class of a group's state, with the migrations that read states written by older versions of
 * the class.
 *
 * <p>Jackson alone handles properties that were added, removed, or renamed with {@code JsonAlias}.
 * For every other change, register a migration. Each migration adds a version, and every stored
 * state names the version that wrote it.
 *
 * <pre>{@code
 * StateType<PageVisit> visits =
 *     StateType.of(PageVisit.class)
 *         .migration(
 *             1,
 *             state -> {
 *               state.computeIfPresent("clicks", (name, n) -> Map.of("unknown", n));
 *               return state;
 *             });
 * }</pre>
 *
 * <p><b>Threading</b> Immutable: {@code migration} returns a new type.
 *
 * @param <S> the state type
 * @since 0.1
 */
public final class StateType<S> {
  private static final int FIRST_VERSION = 1;
  private static final int LAST_VERSION = 65_535;

  private final Class<S> stateClass;
  private final Type type;
  private final List<Step<?>> steps;
  private final @Nullable StateSerializer<S> serializer;

  private StateType(
      Class<S> stateClass,
      Type type,
      List<Step<?>> steps,
      @Nullable StateSerializer<S> serializer) {
    this.stateClass = stateClass;
    this.type = type;
    this.steps = steps;
    this.serializer = serializer;
  }

  /**
   * Returns the type of a state of version 1.
   *
   * @param stateClass the class that the user's function gets and sets
   * @param <S> the state type
   * @return a type without migrations
   */
  public static <S> StateType<S> of(Class<S> stateClass) {
    requireNonNull(stateClass, "stateClass");
    return new StateType<>(stateClass, stateClass, List.of(), null);
  }

  /**
   * Returns the type of a state of version 1 whose class has type arguments.
   *
   * @param type the type that the user's function gets and sets, for instance {@code new
   *     TypeRef<List<Long>>() {}}
   * @param <S> the state type
   * @return a type without migrations
   */
  public static <S> StateType<S> of(TypeRef<S> type) {
    return new StateType<>(type.rawClass(), type.type(), List.of(), null);
  }

  /**
   * Returns this type with a form of the user's own, in place of Vellamo's and Jackson's. States
   * are then opaque: tools show their size only, and the serializer reads those of its older
   * versions itself. The states of a query that has run without it can't be read with it.
   *
   * @param own writes and reads the states
   * @return the type with the serializer
   * @throws IllegalStateException if the type has migrations
   */
  public StateType<S> codec(StateSerializer<S> own) {
    requireNonNull(own, "own");
    if (!steps.isEmpty()) {
      throw new IllegalStateException(
          "%s must not have migrations if it has a codec; let the codec read older versions"
              .formatted(this));
    }
    if (own.version() < FIRST_VERSION) {
      throw new IllegalArgumentException(
          "version of the codec must be at least [%d], was [%d]"
              .formatted(FIRST_VERSION, own.version()));
    }
    return new StateType<>(stateClass, type, steps, own);
  }

  /**
   * Returns this type with one more migration, for states that are objects. States are then written
   * in version {@code from + 1}.
   *
   * <p>The first migration may begin above version 1 once no older state is left. The first start
   * after such a change reads all states, and fails if it finds an older one. Keep the last
   * migration, as it defines the current version.
   *
   * @param from the version of the states passed to the migration, from 1 to 65,534; after the
   *     first migration, the version that the preceding migration ends at
   * @param migration returns a state of version {@code from + 1}
   * @return the type with the migration
   * @throws IllegalArgumentException if {@code from} leaves a gap or is out of range
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // objects are read as maps of this type
  public StateType<S> migration(int from, StateMigration<Map<String, @Nullable Object>> migration) {
    return with(new Step(from, Map.class, migration));
  }

  /**
   * Returns this type with one more migration, for states of any form, such as numbers, strings or
   * lists.
   *
   * @param from as for {@link #migration(int, StateMigration)}
   * @param form the class of such a state as a plain value, see {@link StateMigration}; for
   *     instance {@code Number} or {@code List}, or {@code Object} if there are several
   * @param migration returns a state of version {@code from + 1}
   * @param <T> the type of the form
   * @return the type with the migration
   * @throws IllegalArgumentException if {@code from} leaves a gap or is out of range, or {@code
   *     form} is a primitive
   */
  public <T> StateType<S> migration(int from, Class<T> form, StateMigration<T> migration) {
    return with(new Step<>(from, form, migration));
  }

  /**
   * Returns the class of the states.
   *
   * @return the class that the user's function gets and sets
   */
  public Class<S> stateClass() {
    return stateClass;
  }

  /**
   * Returns the type of the states.
   *
   * @return the class, or the generic type with its arguments
   */
  public Type type() {
    return type;
  }

  /**
   * Returns the form of the user's own; for runtimes.
   *
   * @return the serializer; empty if Vellamo writes the states
   */
  public Optional<StateSerializer<S>> serializer() {
    return Optional.ofNullable(serializer);
  }

  /**
   * Returns the version in which states are written.
   *
   * @return 1 without migrations, otherwise the version that the last migration ends at
   */
  public int version() {
    return steps.isEmpty() ? FIRST_VERSION : steps.get(steps.size() - 1).from() + 1;
  }

  /**
   * Returns the oldest version that can be read.
   *
   * @return 1 without migrations, otherwise the version that the first migration begins at
   */
  public int oldestVersion() {
    return steps.isEmpty() ? FIRST_VERSION : steps.get(0).from();
  }

  /**
   * Returns the migrations; for runtimes.
   *
   * @return one migration for each version from {@link #oldestVersion} to the one before {@link
   *     #version}
   */
  public List<Step<?>> steps() {
    return steps;
  }

  private StateType<S> with(Step<?> step) {
    if (serializer != null) {
      throw new IllegalStateException(
          "%s must not have a codec if it has migrations; let the codec read older versions"
              .formatted(this));
    }
    if (!steps.isEmpty() && step.from() != version()) {
      throw new IllegalArgumentException(
          "from must be [%d], the version that the migration before ends at, was [%d]; register a migration for each version, in order"
              .formatted(version(), step.from()));
    }
    if (step.from() < FIRST_VERSION || step.from() >= LAST_VERSION) {
      throw new IllegalArgumentException(
          "from must be from %d to %d, was [%d]"
              .formatted(FIRST_VERSION, LAST_VERSION - 1, step.from()));
    }
    List<Step<?>> longer = new ArrayList<>(steps);
    longer.add(step);
    return new StateType<>(stateClass, type, List.copyOf(longer), null);
  }

  /**
   * Returns the class and the versions.
   *
   * @return for instance {@code StateType[com.example.Visit, version 3, reads from 1]}
   */
  @Override
  public String toString() {
    return "StateType[%s, version %d, reads from %d]"
        .formatted(type.getTypeName(), version(), oldestVersion());
  }

  /**
   * One migration.
   *
   * @param from the version of the states it reads; it returns the next version
   * @param form the class of such a state as a plain value
   * @param migration the user's function
   * @param <T> the type of the form
   * @since 0.1
   */
  public record Step<T>(int from, Class<T> form, StateMigration<T> migration) {
    /** Checks the form. A plain value is never an instance of a primitive class. */
    public Step {
      requireNonNull(form, "form");
      requireNonNull(migration, "migration");
      if (form.isPrimitive()) {
        throw new IllegalArgumentException(
            "form must not be a primitive, was [%s]; use Number, Boolean or String"
                .formatted(form));
      }
    }

    /**
     * Migrates a state.
     *
     * @param state a state of version {@code from}
     * @return the state in the form of the next version
     * @throws ClassCastException if {@code state} has another form
     * @throws Exception if the user's function throws it
     */
    public Object migrate(Object state) throws Exception {
      return migration.migrate(form.cast(state));
    }
  }
}
