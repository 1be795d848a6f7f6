package io.vellamo.checks;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types that a public type mentions where its users see them. */
final class ExposedTypes {
  /** Types that users can name: public, and nested only in public ones. */
  static final DescribedPredicate<JavaClass> BY_PUBLIC_TYPE =
      DescribedPredicate.describe("are visible to users", ExposedTypes::isVisible);

  private ExposedTypes() {}

  /** Returns the condition that users of a type see none of some types. */
  static ArchCondition<JavaClass> notMention(DescribedPredicate<JavaClass> hidden) {
    return new ArchCondition<>(
        "not mention types in supertypes, fields or signatures that %s"
            .formatted(hidden.getDescription())) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(supertypes(type), members(type))
            .forEach(
                exposed -> {
                  if (hidden.test(exposed.type)) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type,
                            "%s exposes %s".formatted(exposed.where, exposed.type.getName())));
                  }
                });
      }
    };
  }

  /** A type, and where it is mentioned. */
  private record Exposed(String where, JavaClass type) {}

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ExposedTypes::isVisible).orElse(true);
  }

  private static Stream<Exposed> supertypes(JavaClass type) {
    Stream<JavaType> all =
        Stream.of(
                type.getSuperclass().stream(),
                type.getInterfaces().stream(),
                bounds(type.getTypeParameters().stream()))
            .flatMap(types -> types);
    return exposed(type.getName(), all);
  }

  private static Stream<Exposed> members(JavaClass type) {
    return type.getMembers().stream()
        .filter(
            member ->
                member.getModifiers().contains(JavaModifier.PUBLIC)
                    || member.getModifiers().contains(JavaModifier.PROTECTED))
        .flatMap(member -> exposed(member.getFullName(), types(member)));
  }

  private static Stream<? extends JavaType> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(code.getReturnType()),
            code.getParameterTypes().stream(),
            code.getExceptionTypes().stream(),
            bounds(code.getTypeParameters().stream()))
        .flatMap(types -> types);
  }

  private static Stream<JavaType> bounds(Stream<? extends JavaTypeVariable<?>> variables) {
    return variables.flatMap(variable -> variable.getUpperBounds().stream());
  }

  private static Stream<Exposed> exposed(String where, Stream<? extends JavaType> types) {
    Set<JavaClass> involved =
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream()).collect(Collectors.toSet());
    return involved.stream().map(type -> new Exposed(where, type.getBaseComponentType()));
  }
}
