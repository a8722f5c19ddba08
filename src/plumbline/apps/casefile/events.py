from plumbline.platform.events.declared import declare

FILE_ARRANGED = declare("case_file_arranged", "调整案卷材料")
FILE_BOUND = declare("case_file_bound", "生成案卷")
FILE_SEALED = declare("case_file_sealed", "案卷归档定稿")
PACKAGE_MADE = declare("case_package_made", "生成电子案卷包")
