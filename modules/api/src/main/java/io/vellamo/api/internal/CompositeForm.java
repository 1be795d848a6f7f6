package io.vellamo.api.internal;

import io.vellamo.api.group.StateSerializer;
import io.vellamo.api.group.StateType;
import java.util.List;

/**
 * The stored form of several values, each by its own type. The codec that knows it writes and reads
 * the parts; it does so itself never.
 *
 * @param parts the types of the values
 * @since 0.1
 */
public record CompositeForm(List<StateType<?>> parts) implements StateSerializer<Object[]> {
  /** Copies the list. */
  public CompositeForm {
    parts = List.copyOf(parts);
  }

  /**
   * Returns the type of several values.
   *
   * @param parts the types of the values
   * @return a type whose codec is a composite form
   */
  public static StateType<Object[]> of(List<StateType<?>> parts) {
    return StateType.of(Object[].class).codec(new CompositeForm(parts));
  }

  @Override
  public byte[] write(Object[] state) {
    throw new AssertionError("written by the codecs of its parts");
  }

  @Override
  public Object[] read(byte[] bytes, int version) {
    throw new AssertionError("read by the codecs of its parts");
  }
}
