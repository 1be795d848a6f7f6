package io.vellamo.engine.live;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.TypedVariables;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.GroupAnswer;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.time.EpochTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The typed view of a group's content. */
final class CommittedGroupView implements CommittedGroup {
  private final String name;
  private final Class<?> stateClass;
  private final GroupOperator<?, ?, ?, ?> operator;
  private final EpochTimes times;
  private final GroupContent content;
  private final GroupTexts texts;

  private CommittedGroupView(
      String name,
      Class<?> stateClass,
      GroupOperator<?, ?, ?, ?> operator,
      EpochTimes times,
      GroupContent content,
      GroupTexts texts) {
    this.name = name;
    this.stateClass = stateClass;
    this.operator = operator;
    this.times = times;
    this.content = content;
    this.texts = texts;
  }

  /** Returns the view of a group, without the entries that have expired in its epoch. */
  static CommittedGroupView of(
      PreparedQuery query, int place, GroupAnswer.Committed group, GroupTexts texts) {
    GroupOperator<?, ?, ?, ?> operator = query.operators().get(place);
    EpochTimes times = group.times().heldBackBy(operator.heldBackMillis());
    return new CommittedGroupView(
        query.operatorNames().get(place),
        query.compiled().operators().get(place).operator().stateType().stateClass(),
        operator,
        times,
        LiveVariables.withoutExpired(group.content(), times),
        texts);
  }

  /** Returns whether nothing is left of the group. */
  boolean isEmpty() {
    return content.isEmpty();
  }

  @Override
  public String operator() {
    return name;
  }

  @Override
  public @Nullable Object key() {
    return operator.keyCodec().read(content.key());
  }

  @Override
  public long epoch() {
    return times.epoch();
  }

  @Override
  public <S> Optional<S> state(Class<S> asked) {
    if (operator.variables() != null) {
      throw new IllegalArgumentException(
          "operator [%s] must keep a single state to be asked for it, keeps variables; use value, list or map, or results() of an aggregation"
              .formatted(name));
    }
    if (operator.calls().hasRowsOfState()) {
      throw new IllegalArgumentException(
          "operator [%s] must keep a state of a class to be asked for it, keeps aggregates; use results()"
              .formatted(name));
    }
    if (!asked.isAssignableFrom(stateClass)) {
      throw new IllegalArgumentException(
          "stateClass must be [%s], the class of the states of operator [%s], was [%s]"
              .formatted(stateClass.getName(), name, asked.getName()));
    }
    byte[] state = content.state();
    return state == null
        ? Optional.empty()
        : Optional.of(asked.cast(operator.stateCodec().read(state)));
  }

  @Override
  public Optional<Instant> timeout() {
    return Optional.ofNullable(content.timeoutMillis()).map(Instant::ofEpochMilli);
  }

  @Override
  public <S> Optional<S> value(ValueVariable<S> variable) {
    return variables(variable.name()).value(variable).optional();
  }

  @Override
  public <S> List<S> list(ListVariable<S> variable) {
    List<S> elements = new ArrayList<>();
    variables(variable.name()).list(variable).forEach(elements::add);
    return Collections.unmodifiableList(elements);
  }

  @Override
  public <A, B> Map<A, B> map(MapVariable<A, B> variable) {
    Map<A, B> entries = new LinkedHashMap<>();
    variables(variable.name())
        .map(variable)
        .entries()
        .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableMap(entries);
  }

  @Override
  public List<Timer> timers(TimerName timers) {
    TypedVariables variables = variables(timers.name());
    return timers instanceof EventTimer inEventTime
        ? variables.timers(inEventTime).pending()
        : variables.timers((ProcessingTimer) timers).pending();
  }

  private TypedVariables variables(String asked) {
    DeclaredVariables declared = operator.variables();
    if (declared == null) {
      throw new IllegalArgumentException(
          "operator [%s] must declare [%s] to be asked for it, declares no variables and timers; use state(class)"
              .formatted(name, asked));
    }
    return new TypedVariables(declared, entry().variables(), times, null);
  }

  private GroupEntry entry() {
    DeclaredVariables declared = operator.variables();
    return declared == null
        ? GroupEntry.of(content.state(), content.timeoutMillis())
        : LiveVariables.entry(content, declared);
  }

  @Override
  public List<Object> results() {
    GroupEntry entry = entry();
    if (!operator.calls().hasRowsOfState() || entry.isEmpty()) {
      return List.of();
    }
    try {
      return new GroupStep<>(operator)
          .rowsOf(content.key(), entry, times).rows().stream()
              .<Object>map(row -> Objects.requireNonNull(((ResultRow) row).row(), "row"))
              .toList();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(
          "Operator [%s] must be able to compute the results of a group, threw [%s]"
              .formatted(name, e.getClass().getName()),
          e);
    }
  }

  @Override
  public Optional<ParkedGroup> parked() {
    return Optional.ofNullable(content.parked());
  }

  @Override
  public String json() {
    return texts.json(operator, name, epoch(), content);
  }

  /** Omits the content, which must not reach a log. */
  @Override
  public String toString() {
    return "CommittedGroup[operator %s, epoch %d]".formatted(name, epoch());
  }
}
