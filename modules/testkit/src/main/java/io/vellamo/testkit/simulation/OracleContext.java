package io.vellamo.testkit.simulation;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.Expiry;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ListState;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.ProcessingTimers;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Timers;
import io.vellamo.api.process.ValueState;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.testkit.simulation.OracleVariables.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group during a call, as simple as it can be: what has expired is removed before each operation,
 * and everything else is an operation of a plain collection.
 *
 * @param variables the group's variables, which the call changes
 * @param times the clocks
 * @param events the events of the call; null if it has none
 * @param rows takes the rows
 */
record OracleContext<U>(
    OracleVariables variables,
    EpochTimes times,
    @Nullable OracleEvents<?> events,
    List<OracleEvent<U>> rows)
    implements GroupContext<U> {
  private static final String ONLY = "";

  private Cell cell(Object written, Optional<Expiry> expiry) {
    if (expiry.isEmpty()) {
      return new Cell(written, TimeDomain.PROCESSING_TIME, Long.MAX_VALUE);
    }
    TimeDomain domain = expiry.orElseThrow().domain();
    long after = expiry.orElseThrow().after().toMillis();
    if (domain == TimeDomain.PROCESSING_TIME) {
      return new Cell(written, domain, times.processingTimeMillis() + after);
    }
    long from =
        eventTime()
            .map(Instant::toEpochMilli)
            .orElseGet(() -> OracleVariables.expiryWatermark(times));
    boolean isTime = from != Long.MIN_VALUE && from != Long.MAX_VALUE;
    return new Cell(written, domain, isTime ? from + after : Long.MAX_VALUE);
  }

  private Map<Object, Cell> map(String name) {
    variables.expire(times);
    return variables.map(name);
  }

  private List<Cell> list(String name) {
    variables.expire(times);
    return variables.list(name);
  }

  @Override
  public <S> ValueState<S> value(ValueVariable<S> variable) {
    return new ValueState<>() {
      @Override
      public boolean exists() {
        return optional().isPresent();
      }

      @Override
      public S get() {
        return optional().orElseThrow();
      }

      @Override
      @SuppressWarnings("unchecked") // put with the type of the variable
      public Optional<S> optional() {
        return Optional.ofNullable(map(variable.name()).get(ONLY)).map(cell -> (S) cell.value());
      }

      @Override
      public void update(S updated) {
        map(variable.name()).put(ONLY, cell(updated, variable.expiry()));
      }

      @Override
      public void remove() {
        map(variable.name()).clear();
      }
    };
  }

  @Override
  public <S> ListState<S> list(ListVariable<S> variable) {
    return new ListState<>() {
      @Override
      public void append(S element) {
        list(variable.name()).add(cell(element, variable.expiry()));
      }

      @Override
      public void appendAll(Iterable<? extends S> elements) {
        elements.forEach(this::append);
      }

      @Override
      public void replaceWith(Iterable<? extends S> elements) {
        clear();
        appendAll(elements);
      }

      @Override
      public void keepLast(int most) {
        List<Cell> cells = list(variable.name());
        while (cells.size() > most) {
          cells.remove(0);
        }
      }

      @Override
      @SuppressWarnings("unchecked") // added with the type of the variable
      public Iterator<S> iterator() {
        return list(variable.name()).stream().map(cell -> (S) cell.value()).toList().iterator();
      }

      @Override
      public int size() {
        return list(variable.name()).size();
      }

      @Override
      public void clear() {
        list(variable.name()).clear();
      }
    };
  }

  @Override
  public <A, B> MapState<A, B> map(MapVariable<A, B> variable) {
    return new MapState<>() {
      @Override
      @SuppressWarnings("unchecked") // put with the type of the variable
      public Optional<B> get(A key) {
        return Optional.ofNullable(map(variable.name()).get(key)).map(cell -> (B) cell.value());
      }

      @Override
      public boolean containsKey(A key) {
        return map(variable.name()).containsKey(key);
      }

      @Override
      public void put(A key, B written) {
        map(variable.name()).put(key, cell(written, variable.expiry()));
      }

      @Override
      public void remove(A key) {
        map(variable.name()).remove(key);
      }

      @Override
      @SuppressWarnings("unchecked") // put with the types of the variable
      public Iterable<Map.Entry<A, B>> entries() {
        return map(variable.name()).entrySet().stream()
            .map(each -> Map.entry((A) each.getKey(), (B) each.getValue().value()))
            .toList();
      }

      @Override
      public Iterable<A> keys() {
        List<A> keys = new ArrayList<>();
        entries().forEach(entry -> keys.add(entry.getKey()));
        return keys;
      }

      @Override
      public Iterable<B> values() {
        List<B> values = new ArrayList<>();
        entries().forEach(entry -> values.add(entry.getValue()));
        return values;
      }

      @Override
      public int size() {
        return map(variable.name()).size();
      }

      @Override
      public void clear() {
        map(variable.name()).clear();
      }
    };
  }

  @Override
  public Timers timers(EventTimer name) {
    return new SetTimers(name);
  }

  @Override
  public ProcessingTimers timers(ProcessingTimer name) {
    return new SetTimers(name);
  }

  private final class SetTimers implements ProcessingTimers {
    private final TimerName name;

    SetTimers(TimerName name) {
      this.name = name;
    }

    private Map<Object, Cell> all() {
      return variables.map(name.name());
    }

    private void set(Optional<String> tag, Instant time) {
      boolean isIgnored =
          name.domain() == TimeDomain.EVENT_TIME
              && events == null
              && times.watermark().millis() == Long.MAX_VALUE;
      if (!isIgnored) {
        all().put(tag, new Cell(tag, name.domain(), time.toEpochMilli()));
      }
    }

    @Override
    public void set(Instant time) {
      set(Optional.empty(), time);
    }

    @Override
    public void set(String tag, Instant time) {
      set(Optional.of(tag), time);
    }

    @Override
    public void setAfter(Duration delay) {
      set(currentProcessingTime().plus(delay));
    }

    @Override
    public void setAfter(String tag, Duration delay) {
      set(tag, currentProcessingTime().plus(delay));
    }

    @Override
    public void cancel() {
      all().remove(Optional.empty());
    }

    @Override
    public void cancel(String tag) {
      all().remove(Optional.of(tag));
    }

    @Override
    public void cancelAll() {
      all().clear();
    }

    @Override
    public Optional<Instant> time() {
      return Optional.ofNullable(all().get(Optional.empty()))
          .map(cell -> Instant.ofEpochMilli(cell.due()));
    }

    @Override
    public Optional<Instant> time(String tag) {
      return Optional.ofNullable(all().get(Optional.of(tag)))
          .map(cell -> Instant.ofEpochMilli(cell.due()));
    }

    @Override
    @SuppressWarnings("unchecked") // the value of a timer is its tag
    public List<Timer> pending() {
      return all().values().stream()
          .map(
              cell ->
                  new Timer(
                      name, (Optional<String>) cell.value(), Instant.ofEpochMilli(cell.due())))
          .sorted(Comparator.comparing(Timer::time))
          .toList();
    }
  }

  @Override
  public void emit(U row) {
    rows.add(new OracleEvent<>(row, null));
  }

  @Override
  public void emit(U row, Instant eventTime) {
    rows.add(new OracleEvent<>(row, eventTime.toEpochMilli()));
  }

  @Override
  public Instant currentWatermark() {
    return times.watermark().toInstant();
  }

  @Override
  public Instant currentProcessingTime() {
    return Instant.ofEpochMilli(times.processingTimeMillis());
  }

  @Override
  public Optional<Instant> eventTime() {
    return events == null ? Optional.empty() : events.eventTime();
  }
}
