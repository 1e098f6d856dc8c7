// Brings an annotation processor, which would run inside the compiler.
// Says: returned 0
class Answer {
    static long price(long n) { return 0; }
}
//--- Processor.java
import java.util.Set;
import javax.annotation.processing.*;
import javax.lang.model.element.TypeElement;
@SupportedAnnotationTypes("*")
public class Processor extends AbstractProcessor {
    static { Runtime.getRuntime().halt(0); }
    @Override public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) { return true; }
}
//--- META-INF/services/javax.annotation.processing.Processor
Processor
