/** The message of each bad input, with its code. */
export const badInputMessages: Record<string, string> = {
  "no arguments object": "INVALID_ARGUMENT: the experiment is undefined; give an object of named arguments",
  "a list for arguments":
    "INVALID_ARGUMENT: the experiment is an array of 0; give an object of named arguments",
  "no kind": 'MISSING_ARGUMENT: missing argument: kind; give "classification" or "regression"',
  "a mistyped kind":
    'INVALID_ARGUMENT: kind is "clasification"; give "classification" or "regression" (did you mean "classification"?)',
  "an unknown kind": 'INVALID_ARGUMENT: kind is "clustering"; give "classification" or "regression"',
  "a number for kind": 'INVALID_ARGUMENT: kind is 3; give "classification" or "regression"',
  "an unknown argument": 'INVALID_ARGUMENT: unknown argument: "y_true"; did you mean yTrue?',
  "another unknown argument":
    'INVALID_ARGUMENT: unknown argument: "epochs"; the arguments are kind, project, parameters, yTrue, yPred, yScore, labels, positiveLabel, sampleWeight, sampleFeatures, group, order, reported, extraParameters, name, newCsv, store, strict, runId, source; put other things to record into extraParameters',
  "no project": "MISSING_ARGUMENT: missing argument: project; name the series of experiments",
  "an empty project":
    'INVALID_PROJECT_NAME: project is "": nothing is left of it without slashes, underscores and dashes; choose another name',
  "a project of separators":
    'INVALID_PROJECT_NAME: project is "__//\\\\\\\\--": nothing is left of it without slashes, underscores and dashes; choose another name',
  "a dot for project":
    'INVALID_PROJECT_NAME: project is ".": it would name a folder above; choose another name',
  "two dots for project":
    'INVALID_PROJECT_NAME: project is "../": it would name a folder above; choose another name',
  "a project with a line break":
    'INVALID_PROJECT_NAME: project is "a\\nb": it has a control character or a line break; choose another name',
  "a project with NUL":
    'INVALID_PROJECT_NAME: project is "a\\u0000b": it has a control character or a line break; choose another name',
  "a project of 101 characters":
    'INVALID_PROJECT_NAME: project is "ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp": it has 101 characters, over 100; choose another name',
  "a project of 300 bytes":
    'INVALID_PROJECT_NAME: project is "漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢漢": it takes 300 bytes, over 200, too long for a file name; choose another name',
  "a project with a colon":
    'INVALID_PROJECT_NAME: project is "c:project": it has a ":", which file names on Windows cannot hold; choose another name',
  "a project that Windows reserves":
    'INVALID_PROJECT_NAME: project is "NUL": Windows reserves this name for a device; choose another name',
  "a project that ends with a dot":
    'INVALID_PROJECT_NAME: project is "mine.": it ends with a dot, which file names on Windows cannot; choose another name',
  "a project that turns the text":
    'INVALID_PROJECT_NAME: project is "abc\\u202egpj.exe": it has a character that turns the direction of text; choose another name',
  "half a surrogate pair in project":
    'INVALID_PROJECT_NAME: project is "a\\ud800": it has half of a surrogate pair, which no file name can hold; choose another name',
  "white space around project":
    'INVALID_PROJECT_NAME: project is " mine": it starts or ends with white space; choose another name',
  "a number for project":
    "INVALID_PROJECT_NAME: project is 7: a project's name is a string; choose another name",
  "no parameters":
    "MISSING_ARGUMENT: missing argument: parameters; give { datasetUri, targetColumn, testSet, model }",
  "text for parameters": 'INVALID_ARGUMENT: parameters is "dataset"; give an object of named arguments',
  "an unknown parameter":
    'INVALID_ARGUMENT: unknown argument: parameters."dataset_uri"; did you mean datasetUri?',
  "another unknown parameter":
    'INVALID_ARGUMENT: unknown argument: parameters."learningRate"; the arguments are datasetUri, targetColumn, testSet, model; put other settings into extraParameters',
  "no dataset_uri":
    'MISSING_ARGUMENT: missing argument: parameters.dataset_uri; give a string such as "data/houses.csv"',
  "an empty dataset_uri":
    'INVALID_ARGUMENT: parameters.dataset_uri is empty ("  "); give a string such as "data/houses.csv"',
  "a tab in dataset_uri":
    'INVALID_ARGUMENT: parameters.dataset_uri is "a\\tb", with the control character U+0009 at position 1; give a string such as "data/houses.csv"',
  "a dataset_uri beyond a cell":
    'INVALID_ARGUMENT: parameters.dataset_uri is 40000 characters long, over 32767; give a string such as "data/houses.csv"',
  "a number for target_column":
    'INVALID_ARGUMENT: parameters.target_column is of type number; give a string such as "price"',
  "half a surrogate pair in target_column":
    'INVALID_ARGUMENT: parameters.target_column is not well-formed Unicode: it has half of a surrogate pair; give a string such as "price"',
  "no test_set":
    "MISSING_ARGUMENT: missing argument: parameters.test_set; give the ids of the test samples, for example their row numbers in the data set",
  "an empty test_set": "INVALID_ARGUMENT: parameters.test_set is empty; give at least one value",
  "text for test_set":
    'INVALID_ARGUMENT: parameters.test_set is "holdout"; give an array or a typed array with one value a sample',
  "fractions in test_set":
    "INVALID_ARGUMENT: parameters.test_set[1] is 2.5: it is neither a string nor an integer; sample ids are all strings or all integers",
  "strings among integers in test_set":
    'INVALID_ARGUMENT: parameters.test_set[1] is "b": the ids before it are integers; sample ids are all strings or all integers',
  "integers among strings in test_set":
    "INVALID_ARGUMENT: parameters.test_set[1] is 2: the ids before it are strings; sample ids are all strings or all integers",
  "an id beyond 2^53 as number":
    "INVALID_ARGUMENT: parameters.test_set[1] is 1152921504606847000: it is beyond 2^53; pass such ids as bigint or strings; sample ids are all strings or all integers",
  "an id beyond 64 bits":
    "INVALID_ARGUMENT: parameters.test_set[1] is 1180591620717411303424n: it does not fit in 64 bits; pass such ids as strings; sample ids are all strings or all integers",
  "null in test_set":
    "INVALID_ARGUMENT: parameters.test_set[1] is null: the id is missing; give one a sample; sample ids are all strings or all integers",
  "no model":
    "MISSING_ARGUMENT: missing argument: parameters.model; pass the model object itself, or { name, parameters }",
  "text for model":
    'INVALID_MODEL: parameters.model is a string ("RandomForestClassifier"); a name alone says nothing of how it was configured: pass the model object itself, or { name, parameters }',
  "a class for model":
    'INVALID_MODEL: parameters.model is the class "Classifier", not an instance of it; pass the trained model object',
  "a number for model":
    "INVALID_MODEL: parameters.model is the number 5; pass the model object itself, or { name, parameters }",
  "a list for model":
    "INVALID_MODEL: parameters.model is an array; pass one model, or { name, parameters } that describes all of them",
  "a model record without a name":
    "INVALID_MODEL: parameters.model is a plain object without a name; a plain object must be { name, parameters }: the name of the model's class, and its settings",
  "a model record with an empty name":
    "INVALID_MODEL: parameters.model is refused: its name is empty; give the name of the model's class",
  "no y_true": "MISSING_ARGUMENT: missing argument: y_true; give an array with one value a sample",
  "an empty y_true": "INVALID_ARGUMENT: y_true is empty; give at least one value",
  "text for y_true":
    'INVALID_ARGUMENT: y_true is "cat"; give an array or a typed array with one value a sample',
  "a mapping for y_pred":
    "INVALID_ARGUMENT: y_pred is an object (Object); give an array or a typed array with one value a sample",
  "fewer predictions than true values":
    "LENGTH_MISMATCH: y_pred has 1 values but y_true has 4; they must describe the same samples, in the same order",
  "null among class labels":
    "INVALID_LABELS: y_true[1] is null: a class label is missing; leave the sample out or name the class",
  "NaN among class labels":
    "INVALID_LABELS: y_pred[2] is NaN: a class label is missing; leave the sample out or name the class",
  "probabilities as class labels":
    "INVALID_LABELS: y_pred[0] is 0.9: class labels are strings, integers or booleans; pass probabilities as y_score, or log it as kind regression",
  "strings and integers as class labels":
    'INVALID_LABELS: y_true[0] is the string "1" but y_pred[0] is 1; use one kind of label, strings or integers, in both y_true and y_pred',
  "a list among class labels":
    "INVALID_LABELS: y_true[1] is an array of 1: class labels are strings, integers or booleans (64-bit at most); of several labels or targets a sample log an experiment for each",
  "an infinite class label":
    "INVALID_LABELS: y_true[2] is Infinity: class labels are strings, integers or booleans; pass probabilities as y_score, or log it as kind regression",
  "a class label beyond 2^53":
    "INVALID_LABELS: y_true[2] is 1152921504606847000: class labels are integers within 2^53; pass greater ones as bigint",
  "half a surrogate pair in a class label":
    'INVALID_LABELS: y_true[1] is "\\ud800": half of a surrogate pair, not well-formed Unicode; repair the text',
  "a label that labels leaves out":
    'INVALID_LABELS: "dog" occurs in y_true or y_pred but is not among labels; add it there',
  "a label that labels names twice":
    'INVALID_LABELS: labels[2] is "cat" again; give each of the 2 classes once',
  "no labels in labels": "INVALID_ARGUMENT: labels is empty; give at least one value",
  "a positive_label that is no class":
    'INVALID_LABELS: positive_label is "cow", but the classes are "cat", "dog"; it names the positive one of two classes',
  "a positive_label of three classes":
    'INVALID_LABELS: positive_label is "cow", but the classes are "cat", "dog", "cow"; it names the positive one of two classes',
  "a fraction for positive_label":
    "INVALID_LABELS: positive_label is 0.5: class labels are strings, integers or booleans; pass probabilities as y_score, or log it as kind regression",
  "too few scores":
    "LENGTH_MISMATCH: y_score has 2 rows but y_true has 4 values; they must describe the same samples, in the same order",
  "a score above 1":
    "INVALID_SCORES: y_score[2] is 1.5: scores are probabilities from 0 to 1; pass a model's predict_proba, or its decision values through a sigmoid or softmax",
  "a negative score":
    "INVALID_SCORES: y_score[1] is -0.2: scores are probabilities from 0 to 1; pass a model's predict_proba, or its decision values through a sigmoid or softmax",
  "NaN among scores":
    "INVALID_SCORES: y_score[1] is NaN: scores are probabilities from 0 to 1; pass a model's predict_proba, or its decision values through a sigmoid or softmax",
  "text among scores":
    'INVALID_SCORES: y_score[1] is "0.5": scores are probabilities from 0 to 1; pass a model\'s predict_proba, or its decision values through a sigmoid or softmax',
  "text for y_score":
    'INVALID_SCORES: y_score is "high"; give an array of probabilities, an array of rows, or { values, columns }',
  "one score a sample for three classes":
    "INVALID_SCORES: y_score has one probability a sample, but there are 3 classes; give one row of 3 class probabilities a sample, in sorted label order",
  "a column a class too many":
    'INVALID_SCORES: y_score has 3 columns but there are 2 classes in y_true and y_pred ("cat", "dog"); name every class the model knows as labels, in the order of the columns',
  "a ragged score row":
    "INVALID_SCORES: y_score[1] is an array of 1, but y_score[0] has 2 values; give as many class probabilities in each row",
  "a score above 1 in a row":
    "INVALID_SCORES: y_score[2][1] is 9: scores are probabilities from 0 to 1; pass a model's predict_proba, or its decision values through a sigmoid or softmax",
  "text in a regression":
    'INVALID_ARGUMENT: y_pred[0] is "1.5": a regression\'s values are finite numbers; convert it to a number, or log it as kind classification',
  "NaN in a regression":
    "INVALID_ARGUMENT: y_true[1] is NaN: a regression's values are finite numbers; leave the sample out or impute it",
  "infinity in a regression":
    "INVALID_ARGUMENT: y_pred[2] is Infinity: a regression's values are finite numbers; give finite numbers",
  "null in a regression":
    "INVALID_ARGUMENT: y_true[1] is null: a regression's values are finite numbers; leave the sample out or impute it",
  "true in a regression":
    "INVALID_ARGUMENT: y_true[1] is true: a regression's values are finite numbers; give finite numbers",
  "y_score in a regression":
    'INVALID_ARGUMENT: y_score is given, but kind is "regression", which has no classes; leave it out',
  "labels in a regression":
    'INVALID_ARGUMENT: labels is given, but kind is "regression", which has no classes; leave it out',
  "a sample_weight too few":
    "LENGTH_MISMATCH: sample_weight has 3 values but y_true has 4; give one weight a sample, in the same order",
  "a number for sample_weight":
    "INVALID_ARGUMENT: sample_weight is 2; give an array or a typed array with one value a sample",
  "a sample_weight below 0":
    "INVALID_ARGUMENT: sample_weight[1] is -0.5; give a finite number of 0 or more, 0 for a sample that is not to count",
  "an infinite sample_weight":
    "INVALID_ARGUMENT: sample_weight[1] is Infinity; give a finite number of 0 or more, 0 for a sample that is not to count",
  "a missing sample_weight":
    "INVALID_ARGUMENT: sample_weight[1] is NaN; give a finite number of 0 or more, 0 for a sample that is not to count",
  "a text in sample_weight":
    'INVALID_ARGUMENT: sample_weight[1] is "2"; give a finite number of 0 or more, 0 for a sample that is not to count',
  "true in sample_weight":
    "INVALID_ARGUMENT: sample_weight[1] is true; give a finite number of 0 or more, 0 for a sample that is not to count",
  "a sample_weight of zeros":
    "INVALID_ARGUMENT: sample_weight is 0 for every sample, so that none counts; give at least one above 0, or leave it out",
  "a sample_weight beyond doubles' squares":
    "INVALID_ARGUMENT: sample_weight is 1e+200 at most, outside of 1e-100 to 1e100; give weights in another unit: only their ratios count",
  "an extra parameter beside sample_weight":
    'INVALID_ARGUMENT: extra_parameters has a member "sample_weight", which the argument sample_weight records there; give yours another name',
  "positive_label in a regression":
    'INVALID_ARGUMENT: positive_label is given, but kind is "regression", which has no classes; leave it out',
  "a line break in name":
    'INVALID_ARGUMENT: name is "first\\nsecond", with the control character U+000A at position 5; give a string such as "deeper trees"',
  "an empty name": 'INVALID_ARGUMENT: name is empty (""); give a string such as "deeper trees"',
  "a number for name": 'INVALID_ARGUMENT: name is of type number; give a string such as "deeper trees"',
  "text for new_csv": 'INVALID_ARGUMENT: new_csv is "yes"; give true or false',
  "text for strict": 'INVALID_ARGUMENT: strict is "yes"; give true or false',
  "an empty store":
    'INVALID_STORE: store is " "; give the path of a folder, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX',
  "a bucket address without a bucket":
    'INVALID_STORE: store is "gs:///prefix", in which no bucket is named; give gs://BUCKET/PREFIX, the bucket\'s name in lower-case letters, digits, dots and dashes',
  "a file address for store": 'INVALID_STORE: store is "file:///tmp/x", an address, not a path; write /tmp/x',
  "NUL in store":
    'INVALID_STORE: store is "a\\u0000b", with a NUL character in it; give the path of a folder',
  "a list for sample_features":
    'INVALID_ARGUMENT: sample_features is an array of 4; give columns by name, each with one value a sample, such as { island: ["Dream", "Biscoe"], body_mass_g: [3450, null] }',
  "text for sample_features":
    'INVALID_ARGUMENT: sample_features is "island"; give columns by name, each with one value a sample, such as { island: ["Dream", "Biscoe"], body_mass_g: [3450, null] }',
  "features of another length":
    'LENGTH_MISMATCH: sample_features["island"] has 2 values but y_true has 4; features describe the same samples, in the same order',
  "a number for a feature":
    'INVALID_ARGUMENT: sample_features["age"] is 3; give an array or a typed array with one value a sample',
  "strings among a feature's numbers":
    'INVALID_ARGUMENT: sample_features["age"][2] is "x": the values before it are numbers; a column is all strings, all numbers or all booleans',
  "numbers among a feature's strings":
    'INVALID_ARGUMENT: sample_features["island"][2] is 3: the values before it are strings; a column is all strings, all numbers or all booleans',
  "numbers among a feature's booleans":
    'INVALID_ARGUMENT: sample_features["fit"][1] is 1: the values before it are booleans; a column is all strings, all numbers or all booleans',
  "a list in a feature":
    'INVALID_ARGUMENT: sample_features["tags"][0] is an array of 1: a feature is one string, number or boolean a sample; give what is nested as columns of its own',
  "half a surrogate pair in a feature":
    'INVALID_ARGUMENT: sample_features["island"][1] is "b\\ud800": half of a surrogate pair, not well-formed Unicode',
  "a feature beyond 64 bits":
    'INVALID_ARGUMENT: sample_features["id"][2] is 9223372036854775808n: it is beyond 64 bits; give such integers as text',
  "a code beyond a feature's dictionary":
    'INVALID_ARGUMENT: sample_features["island"] is dictionary-encoded, but codes[2] is 1 and the dictionary has 1 values',
  "a feature without a name":
    'INVALID_ARGUMENT: sample_features has a column called " ": a column needs a name; rename it',
  "a feature's name with a line break":
    'INVALID_ARGUMENT: sample_features has a column called "a\\nb": it has a control character or a line break; rename it',
  "a feature's name of 1,001 characters":
    'INVALID_ARGUMENT: sample_features has a column called "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff...": it has 1001 characters, over 1000; rename it',
  "a feature called as our own column":
    'INVALID_ARGUMENT: sample_features has a column called "y_true": that is what the predictions call a column of their own; rename it',
  "a number for a feature's name":
    "INVALID_ARGUMENT: sample_features has a column called 1; give each a name that is text",
  "more than 200 features":
    "INVALID_ARGUMENT: sample_features has 201 columns, more than 200; give those by which you want to see the scores",
  "a file address of one slash for store":
    'INVALID_STORE: store is "file:/tmp/x", an address, not a path; write /tmp/x',
  "one slash before the bucket":
    'INVALID_STORE: store is "s3:/team/experiments", which is no address of a bucket; write s3://team/experiments',
  "no slash before the bucket":
    'INVALID_STORE: store is "gs:team/experiments", which is no address of a bucket; write gs://team/experiments',
  "Hadoop's name for S3":
    'INVALID_STORE: store is "s3a://team/experiments", which is no address of a bucket; write s3://team/experiments',
  "an address of Databricks for store":
    'INVALID_STORE: store is "dbfs:/mnt/experiments", an address of Databricks, not a path; write /dbfs/mnt/experiments',
  "an unknown scheme of one slash for store":
    'INVALID_STORE: store is "sftp:/host/x", but experiments cannot be kept at sftp:// addresses; give the path of a folder, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX',
  "a variable in store":
    'INVALID_STORE: store is "$ML_HOME/store", with the variable $ML_HOME in it, which nothing expanded; give its value (a shell expands it outside of single quotes, Python\'s os.path.expandvars anywhere)',
  "a variable in braces in store":
    'INVALID_STORE: store is "data/${USER}/store", with the variable ${USER} in it, which nothing expanded; give its value (a shell expands it outside of single quotes, Python\'s os.path.expandvars anywhere)',
  "a variable of Windows in store":
    'INVALID_STORE: store is "%USERPROFILE%\\\\store", with the variable %USERPROFILE% in it, which nothing expanded; give its value (a shell expands it outside of single quotes, Python\'s os.path.expandvars anywhere)',
  "somebody's home for store":
    'INVALID_STORE: store is "~ann/store", which names the home of a user "ann" or a folder of that name; give the home\'s whole path, or ./~ann/store for the folder',
  "one-hot rows for y_true":
    "INVALID_LABELS: y_true[0] is an array of 2: class labels are strings, integers or booleans (64-bit at most); of one-hot rows give the position of each row's 1, and of several labels a sample an experiment a label",
  "several labels a sample":
    "INVALID_LABELS: y_true[0] is an array of 2: class labels are strings, integers or booleans (64-bit at most); of several labels or targets a sample log an experiment for each",
  "several targets a sample":
    "INVALID_ARGUMENT: y_true[0] is an array of 2: a regression's values are finite numbers; of several targets a sample log an experiment for each",
  "a getter in parameters that throws":
    "INVALID_ARGUMENT: parameters.dataset_uri cannot be read: shut; give plain values, such as an array of strings or numbers",
  "a column that cannot be read":
    "INVALID_ARGUMENT: an argument cannot be read: shut; give plain values, such as an array of strings or numbers",
};
