package io.vellamo.persistence.codec.record;

import io.vellamo.persistence.codec.record.RecordFormBuilder.Part;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record for which no class can be generated, as its class loader does not find
 * Vellamo, or its package is open to reflection only. It writes the same bytes: those of keys must
 * not depend on how a program is loaded.
 *
 * @param constructor the canonical constructor
 * @param accessors the accessors of the components, in the order in which they are written
 * @param forms the forms of the components
 * @param places the places of the components among the parameters of the constructor
 */
record ReflectiveForm(
    Constructor<?> constructor, List<Method> accessors, List<Form> forms, List<Integer> places)
    implements Form {
  /**
   * Returns the form of a record, or null if it is not accessible.
   *
   * @param type the record
   * @param parts its components, in the order in which they are written
   */
  static @Nullable Form of(Class<?> type, List<Part> parts) {
    List<String> declared =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      List<Method> accessors = new ArrayList<>();
      for (Part part : parts) {
        Method accessor = part.component().getAccessor();
        accessor.setAccessible(true);
        accessors.add(accessor);
      }
      return new ReflectiveForm(
          constructor,
          accessors,
          parts.stream().map(Part::form).toList(),
          parts.stream().map(part -> declared.indexOf(part.component().getName())).toList());
    } catch (NoSuchMethodException | InaccessibleObjectException e) {
      return null;
    }
  }

  @Override
  public void write(@Nullable Object value, RecordOutput out) {
    out.enter();
    for (int i = 0; i < forms.size(); i++) {
      try {
        forms.get(i).write(accessors.get(i).invoke(value), out);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    out.leave();
  }

  @Override
  public Object read(RecordInput in) {
    in.enter();
    @Nullable Object[] values = new Object[forms.size()];
    for (int i = 0; i < forms.size(); i++) {
      values[places.get(i)] = forms.get(i).read(in);
    }
    in.leave();
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
