import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import weka.classifiers.evaluation.Evaluation;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** Weka's Evaluation of the samples that ask_weka.py writes to it: a line "number of classes; true classes; probabilities, row by row". */
class AskWeka {
  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split(";");
      int classes = Integer.parseInt(parts[0]);
      String[] truth = parts[1].split(",");
      String[] scores = parts[2].split(",");
      Evaluation evaluation = evaluation(classes, truth, scores);
      StringBuilder answers = new StringBuilder();
      for (String name : arguments) answers.append(answer(evaluation, name)).append(' ');
      System.out.println(answers.toString().trim());
    }
  }

  static Evaluation evaluation(int classes, String[] truth, String[] scores) throws Exception {
    ArrayList<String> labels = new ArrayList<>();
    for (int i = 0; i < classes; i++) labels.add("c" + i);
    ArrayList<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("class", labels));
    Instances data = new Instances("samples", attributes, truth.length);
    data.setClassIndex(0);
    for (String label : truth) data.add(new DenseInstance(1, new double[] {Double.parseDouble(label)}));
    Evaluation evaluation = new Evaluation(data);
    for (int row = 0; row < truth.length; row++) {
      double[] distribution = new double[classes];
      for (int i = 0; i < classes; i++) distribution[i] = Double.parseDouble(scores[row * classes + i]);
      evaluation.evaluateModelOnceAndRecordPrediction(distribution, data.instance(row));
    }
    return evaluation;
  }

  static String answer(Evaluation evaluation, String name) {
    try {
      boolean ofPositive = name.endsWith("(1)");
      String method = ofPositive ? name.substring(0, name.length() - 3) : name;
      Object value = ofPositive
          ? Evaluation.class.getMethod(method, int.class).invoke(evaluation, 1)
          : Evaluation.class.getMethod(method).invoke(evaluation);
      return value.toString();
    } catch (Exception problem) {
      return "error";
    }
  }
}
