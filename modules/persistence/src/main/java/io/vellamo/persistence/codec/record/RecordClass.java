package io.vellamo.persistence.codec.record;

import static java.util.Objects.requireNonNull;
import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;
import static org.objectweb.asm.Opcodes.V17;

import io.vellamo.persistence.codec.record.RecordFormBuilder.Part;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * The generation of a class that writes and reads one record class, as straight code without
 * reflection. The class is a nest mate of the record, so that it can use private ones.
 */
final class RecordClass {
  private static final Lookup LOOKUP = MethodHandles.lookup();

  private static final String OBJECT = "java/lang/Object";
  private static final String FORM = Type.getInternalName(Form.class);
  private static final String FORMS = "[L" + FORM + ";";
  private static final String OUTPUT = Type.getInternalName(RecordOutput.class);
  private static final String INPUT = Type.getInternalName(RecordInput.class);
  private static final String PARTS = "parts";

  private static final Set<Class<?>> WIDENED = Set.of(byte.class, short.class, int.class);

  private final Class<?> type;
  private final List<Part> parts;
  private final String record;
  private final String name;

  private RecordClass(Class<?> type, List<Part> parts) {
    this.type = type;
    this.parts = parts;
    this.record = Type.getInternalName(type);
    this.name = record + "$$Form";
  }

  /**
   * Returns the form of a record, or null if the record is not accessible.
   *
   * @param type the record
   * @param parts its components, in the order in which they are written
   */
  static @Nullable Form generate(Class<?> type, List<Part> parts) {
    try {
      Class<?> generated =
          MethodHandles.privateLookupIn(type, LOOKUP)
              .defineHiddenClass(
                  new RecordClass(type, parts).bytes(), true, Lookup.ClassOption.NESTMATE)
              .lookupClass();
      Constructor<?> constructor = generated.getDeclaredConstructor(Form[].class);
      constructor.setAccessible(true);
      Form[] forms = parts.stream().map(RecordClass::called).toArray(Form[]::new);
      return (Form) constructor.newInstance((Object) forms);
    } catch (ReflectiveOperationException | LinkageError e) {
      return ReflectiveForm.of(type, parts);
    }
  }

  /** Returns the form that the generated class calls, which writes and reads the mark itself. */
  private static Form called(Part part) {
    return part.isMarked() && part.form() instanceof PresentForm present
        ? present.present()
        : part.form();
  }

  private byte[] bytes() {
    ClassWriter out =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected String getCommonSuperClass(String one, String other) {
            return OBJECT;
          }
        };
    out.visit(V17, ACC_FINAL | ACC_SYNTHETIC, name, null, OBJECT, new String[] {FORM});
    out.visitField(ACC_PRIVATE | ACC_FINAL, PARTS, FORMS, null, null).visitEnd();
    constructor(out.visitMethod(ACC_PUBLIC, "<init>", "(" + FORMS + ")V", null, null));
    write(out.visitMethod(ACC_PUBLIC, "write", "(L" + OBJECT + ";L" + OUTPUT + ";)V", null, null));
    read(out.visitMethod(ACC_PUBLIC, "read", "(L" + INPUT + ";)L" + OBJECT + ";", null, null));
    out.visitEnd();
    return out.toByteArray();
  }

  private void constructor(MethodVisitor code) {
    code.visitCode();
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(INVOKESPECIAL, OBJECT, "<init>", "()V", false);
    code.visitVarInsn(ALOAD, 0);
    code.visitVarInsn(ALOAD, 1);
    code.visitFieldInsn(PUTFIELD, name, PARTS, FORMS);
    end(code, RETURN);
  }

  private void write(MethodVisitor code) {
    int value = 3;
    int component = 4;
    code.visitCode();
    code.visitVarInsn(ALOAD, 1);
    code.visitTypeInsn(CHECKCAST, record);
    code.visitVarInsn(ASTORE, value);
    call(code, 2, OUTPUT, "enter");
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Class<?> of = part.type();
      Scalar scalar = direct(of);
      if (scalar != null) {
        code.visitVarInsn(ALOAD, 2);
        access(code, value, part);
        if (of != part.component().getType()) {
          code.visitTypeInsn(CHECKCAST, Type.getInternalName(of));
        }
        if (WIDENED.contains(of)) {
          code.visitInsn(I2L);
        }
        boolean isWhole = WIDENED.contains(of) || of == long.class;
        code.visitMethodInsn(
            INVOKEVIRTUAL,
            OUTPUT,
            "write" + (isWhole ? "Long" : scalar.method()),
            "(" + (isWhole ? "J" : of.descriptorString()) + ")V",
            false);
        continue;
      }
      Label absent = new Label();
      access(code, value, part);
      code.visitVarInsn(ASTORE, component);
      if (part.isMarked()) {
        code.visitVarInsn(ALOAD, 2);
        code.visitVarInsn(ALOAD, component);
        code.visitMethodInsn(INVOKEVIRTUAL, OUTPUT, "writePresence", "(L" + OBJECT + ";)Z", false);
        code.visitJumpInsn(IFEQ, absent);
      }
      form(code, i);
      code.visitVarInsn(ALOAD, component);
      code.visitVarInsn(ALOAD, 2);
      code.visitMethodInsn(
          INVOKEINTERFACE, FORM, "write", "(L" + OBJECT + ";L" + OUTPUT + ";)V", true);
      code.visitLabel(absent);
    }
    call(code, 2, OUTPUT, "leave");
    end(code, RETURN);
  }

  private void read(MethodVisitor code) {
    Map<String, Integer> locals = new HashMap<>();
    int next = 2;
    code.visitCode();
    call(code, 1, INPUT, "enter");
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Scalar scalar = direct(part.type());
      if (scalar != null) {
        code.visitVarInsn(ALOAD, 1);
        code.visitMethodInsn(
            INVOKEVIRTUAL,
            INPUT,
            "read" + scalar.method(),
            "()" + part.type().descriptorString(),
            false);
      } else {
        readPart(code, i);
      }
      Type local = Type.getType(part.component().getType());
      code.visitVarInsn(local.getOpcode(ISTORE), next);
      locals.put(part.component().getName(), next);
      next += local.getSize();
    }
    call(code, 1, INPUT, "leave");
    code.visitTypeInsn(NEW, record);
    code.visitInsn(DUP);
    for (var component : type.getRecordComponents()) {
      code.visitVarInsn(
          Type.getType(component.getType()).getOpcode(ILOAD),
          requireNonNull(locals.get(component.getName())));
    }
    Type[] parameters =
        Stream.of(type.getRecordComponents())
            .map(component -> Type.getType(component.getType()))
            .toArray(Type[]::new);
    code.visitMethodInsn(
        INVOKESPECIAL,
        record,
        "<init>",
        Type.getMethodDescriptor(Type.VOID_TYPE, parameters),
        false);
    end(code, ARETURN);
  }

  private void readPart(MethodVisitor code, int index) {
    Part part = parts.get(index);
    Label absent = new Label();
    Label end = new Label();
    if (part.isMarked()) {
      code.visitVarInsn(ALOAD, 1);
      code.visitMethodInsn(INVOKEVIRTUAL, INPUT, "readPresence", "()Z", false);
      code.visitJumpInsn(IFEQ, absent);
    }
    form(code, index);
    code.visitVarInsn(ALOAD, 1);
    code.visitMethodInsn(INVOKEINTERFACE, FORM, "read", "(L" + INPUT + ";)L" + OBJECT + ";", true);
    code.visitTypeInsn(CHECKCAST, Type.getInternalName(part.component().getType()));
    if (part.isMarked()) {
      code.visitJumpInsn(GOTO, end);
      code.visitLabel(absent);
      code.visitInsn(ACONST_NULL);
      code.visitTypeInsn(CHECKCAST, Type.getInternalName(part.component().getType()));
      code.visitLabel(end);
    }
  }

  /** Returns the scalar that is written and read by methods of its own, or null. */
  private static @Nullable Scalar direct(Class<?> type) {
    Scalar scalar = Scalar.of(type);
    return scalar == null || scalar.method().isEmpty() ? null : scalar;
  }

  private void access(MethodVisitor code, int value, Part part) {
    code.visitVarInsn(ALOAD, value);
    code.visitMethodInsn(
        INVOKEVIRTUAL,
        record,
        part.component().getName(),
        "()" + part.component().getType().descriptorString(),
        false);
  }

  private void form(MethodVisitor code, int index) {
    code.visitVarInsn(ALOAD, 0);
    code.visitFieldInsn(GETFIELD, name, PARTS, FORMS);
    code.visitIntInsn(SIPUSH, index);
    code.visitInsn(AALOAD);
  }

  private static void call(MethodVisitor code, int local, String owner, String method) {
    code.visitVarInsn(ALOAD, local);
    code.visitMethodInsn(INVOKEVIRTUAL, owner, method, "()V", false);
  }

  private static void end(MethodVisitor code, int opcode) {
    code.visitInsn(opcode);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
