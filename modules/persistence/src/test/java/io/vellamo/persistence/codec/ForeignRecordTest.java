package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.persistence.codec.record.RecordForm;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records whose class loader does not find Vellamo, as in a container of applications. */
final class ForeignRecordTest {
  record Inner(String name, boolean open) {}

  record Outer(String text, int number, Inner inner, Optional<Inner> other, List<Long> numbers) {}

  /** Defines the classes of this test once more, and finds those of the JDK only. */
  private static final class Container extends ClassLoader {
    private Container() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.startsWith(ForeignRecordTest.class.getName())) {
        throw new ClassNotFoundException(name);
      }
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream in =
          Objects.requireNonNull(ForeignRecordTest.class.getResourceAsStream(file))) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void recordOfAContainer_hasTheSameBytes() throws Exception {
    Container container = new Container();
    Class<?> outer = container.loadClass(Outer.class.getName());
    Object inner = make(container.loadClass(Inner.class.getName()), "a", true);
    Object value = make(outer, "ä", 7, inner, Optional.of(inner), List.of(1L));
    Inner ofOurs = new Inner("a", true);
    Outer ours = new Outer("ä", 7, ofOurs, Optional.of(ofOurs), List.of(1L));

    for (RecordForm form : List.of(form(outer, false), form(outer, true))) {
      byte[] bytes = form.write(form.front(new byte[0]), value);
      RecordForm generated = form(Outer.class, form.layout().text().startsWith("{inner"));

      assertThat(bytes).isEqualTo(generated.write(generated.front(new byte[0]), ours));
      assertThat(form.read(bytes, form.front(new byte[0]).length)).isEqualTo(value);
    }
  }

  private static RecordForm form(Class<?> type, boolean isOfKeys) {
    return Objects.requireNonNull(isOfKeys ? RecordForms.ofKeys(type) : RecordForms.ofValues(type));
  }

  private static Object make(Class<?> type, Object... components) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return constructor.newInstance(components);
  }
}
